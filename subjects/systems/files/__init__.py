"""File drops: CSV, JSON and Parquet files in a folder, or in a bucket of S3."""
