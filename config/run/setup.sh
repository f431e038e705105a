#!/bin/sh
# Prepares this machine for `make run` (argument: run) or `make test` (argument: test):
# system packages, a virtual environment, the locked Python packages. Every step looks
# at what is there first, so it can be interrupted anywhere and repeated.
set -eu

purpose=${1:-run}
cd "$(dirname "$0")/../.."
PATH=$PATH:/usr/sbin:/sbin
steps=6 # three here, three in what follows (config.run.serve, tests.servers.suite)
log=var/log/setup.log
lock=requirements.lock
[ "$purpose" = run ] || lock=requirements-dev.lock

# --- saying what is being done ---------------------------------------------------

stop() { # the sentence to leave with
    printf '%s\n' "$1" >&2
    exit 1
}

ticker=
tick() { # on a terminal, count the seconds behind the step's name
    [ -t 1 ] || return 0
    while sleep 1; do
        printf '\r%s … %s s' "$1" $(($(date +%s) - began))
    done &
    ticker=$!
}
hush() {
    [ -z "$ticker" ] || kill "$ticker" 2>/dev/null || true
    ticker=
}
interrupted() {
    hush
    printf '\nInterrupted; the same command goes on from here.\n' >&3
    exit 130
}
exec 3>&2 # in the middle of a step, 2 is the log
trap hush EXIT
trap interrupted INT TERM HUP

step() { # number, name, command…: one line, with the time it took
    label="[$1/$steps] $2"
    shift 2
    began=$(date +%s)
    printf '%s …' "$label"
    tick "$label"
    status=0
    "$@" >>"$log" 2>&1 || status=$?
    hush
    [ -t 1 ] && printf '\r%s …' "$label"
    if [ $status -ne 0 ]; then
        printf ' failed; the end of %s:\n' "$log"
        tail -n 8 "$log" | sed 's/^/    /'
        return $status
    fi
    printf ' %s s\n' $(($(date +%s) - began))
}

# --- system packages -------------------------------------------------------------

find_python() { # the newest of the usual names that is 3.11 or more and can make venvs
    for name in ${PYTHON:-} /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return 0
        fi
    done
    return 1
}

has_library() { ldconfig -p 2>/dev/null | grep -q "$1"; }
has_font() { [ -n "$(find -L /usr/share/fonts /usr/local/share/fonts -name '*.[ot]tf' 2>/dev/null | head -n 1)" ]; }
has_browser() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
} >/dev/null

has_words() { # whether tesseract reads the four languages
    for language in eng fra nld deu; do
        tesseract --list-langs 2>/dev/null | grep -qx "$language" || return 1
    done
}
may_install() {
    command -v apt-get && { [ "$(id -u)" -eq 0 ] || sudo -n true; }
} >/dev/null 2>&1

missing_packages() { # one Debian package per thing this machine lacks
    find_python >/dev/null || echo python3 python3-venv
    [ -s /etc/ssl/certs/ca-certificates.crt ] || echo ca-certificates
    has_library libpango-1.0.so.0 || echo libpango-1.0-0
    has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
    has_font || echo fonts-dejavu-core
    # What reads scanned letters: wanted, but nothing to stop for.
    if [ "$purpose" = test ] || may_install; then
        has_words || echo tesseract-ocr tesseract-ocr-fra tesseract-ocr-nld tesseract-ocr-deu
        command -v pdftoppm >/dev/null || echo poppler-utils
    fi
    [ "$purpose" = test ] || return 0
    has_browser || echo chromium
    has_library libatomic.so.1 || echo libatomic1 # Playwright's own node
    command -v dovecot >/dev/null && [ -e /usr/lib/dovecot/imap ] || echo dovecot-imapd
    command -v qpdf >/dev/null || echo qpdf
    command -v msgfmt >/dev/null || echo gettext
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

install_packages() {
    as_root dpkg --configure -a # finishes what an interrupted run left half-done
    as_root apt-get update -q || echo "package lists are not fresh; going on"
    as_root apt-get install -q -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" ||
        return 1
    # The tests start a mail server of their own; the packaged one need not run.
    case " $* " in *" dovecot-imapd "*)
        [ ! -d /run/systemd/system ] || as_root systemctl disable --now dovecot || true
        ;;
    esac
}

system_packages() {
    missing=$(missing_packages | tr '\n' ' ')
    if [ -z "$missing" ]; then
        step 1 'System packages' true
        return 0
    fi
    by_hand="apt-get install --no-install-recommends $missing"
    if ! command -v apt-get >/dev/null; then
        stop "This machine has no apt; install what these Debian packages hold, then repeat: $missing"
    fi
    if [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; then
        stop "System packages are missing and only root can add them; run this, then repeat: sudo $by_hand"
    fi
    # shellcheck disable=SC2086  # one word per package
    step 1 "System packages ($missing)" install_packages $missing ||
        stop "These system packages could not be installed; see above, or try: $by_hand"
}

# --- virtual environment ---------------------------------------------------------

fingerprint() { # what the environment was filled from
    { .venv/bin/python -VV && cat "$1"; } | sha256sum | cut -d ' ' -f 1
}

fit() { # whether the environment works and was neither moved nor left half-filled
    [ ! -e .venv/.filling ] && [ "$(cat .venv/.place 2>/dev/null)" = "$PWD" ] &&
        .venv/bin/python -c 'import pip'
} >/dev/null 2>&1

has_cache() { # whether there is a personal cache folder to write in
    cache=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}
    mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ]
}

make_environment() {
    "$python" -m venv --clear .venv || return 1
    has_cache || export PIP_NO_CACHE_DIR=1
    .venv/bin/python -m pip install --disable-pip-version-check --require-hashes -r config/run/uv.lock ||
        echo "uv cannot be had; pip will do"
    pwd >.venv/.place
}

environment() {
    if fit; then
        step 2 'Python environment' true
        return 0
    fi
    python=$(find_python) ||
        stop "Rightsdesk needs Python 3.11 or newer with venv; install it (apt-get install python3.11 python3.11-venv, or from python.org) and repeat with PYTHON=its path."
    step 2 "Python environment ($("$python" -V))" make_environment ||
        stop "The virtual environment .venv could not be made; is there space, and may you write in $PWD?"
}

# --- Python packages -------------------------------------------------------------

sync_with_uv() {
    .venv/bin/python -m uv --version || return 1
    # uv does not read pip's settings, and a mirror set for pip is meant for uv too.
    index=${PIP_INDEX_URL:-$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || true)}
    [ -z "$index" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"
    has_cache || export UV_NO_CACHE=1
    UV_PYTHON_DOWNLOADS=never .venv/bin/python -m uv pip sync --require-hashes --python .venv/bin/python "$lock"
}

fill_environment() {
    rm -f .venv/.stamp
    touch .venv/.filling
    sync_with_uv ||
        .venv/bin/python -m pip install --disable-pip-version-check --no-deps --require-hashes -r "$lock" ||
        return 1
    fingerprint "$lock" >.venv/.stamp
    rm -f .venv/.filling
}

python_packages() {
    stamp=$(cat .venv/.stamp 2>/dev/null || true)
    # What the tests need contains what running needs.
    for fits in "$lock" requirements-dev.lock; do
        if [ "$stamp" = "$(fingerprint "$fits")" ]; then
            step 3 'Python packages' true
            return 0
        fi
    done
    step 3 "Python packages ($(grep -c '==' "$lock"))" fill_environment ||
        stop "The Python packages could not be installed; is a package index reachable from here?"
}

mkdir -p var/log 2>/dev/null || stop "You may not write in $PWD; run this in a folder of your own."
: >"$log" 2>/dev/null || stop "$PWD/$log cannot be written; it belongs to $(stat -c %U "$log"), who should repeat this or give it to you."
system_packages
environment
python_packages
