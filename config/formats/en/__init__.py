"""English as in Europe: "7 April 2026", as letters and pages write it."""
