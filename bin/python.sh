# Sourced by the other commands: finds a Python and makes virtual environments. POSIX sh.
# shellcheck shell=sh

fail() {
    printf '%s\n' "$@" >&2
    exit 2
}

supports() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' 2>/dev/null
}

# The first Python that is recent enough; PYTHON names another one.
find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$candidate" >/dev/null 2>&1 && supports "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    fail "Repsight needs Python 3.11, 3.12, 3.13 or 3.14; none of them was found." \
        "Install one of them (Debian: apt install python3-venv; macOS: brew install python@3.13)" \
        "or name it: PYTHON=/path/to/python3.13 $0"
}

is_debian_root() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1
}

apt_install() {
    DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" \
            >/dev/null
}

# Debian ships Python without venv's ensurepip.
require_venv() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if is_debian_root; then
        printf 'Installing python%s-venv ...\n' "$version" >&2
        apt_install "python$version-venv" && "$1" -c 'import ensurepip, venv' && return
    fi
    fail "This Python cannot make virtual environments: its venv module is incomplete." \
        "On Debian or Ubuntu run: sudo apt install python$version-venv" \
        "and then this command again."
}

# make_venv FOLDER: a fresh environment; an unfinished earlier one is replaced.
make_venv() {
    python=$(find_python) || exit
    require_venv "$python"
    rm -rf "$1"
    "$python" -m venv "$1"
}

# What an environment was made from: it is made anew when this changes.
fingerprint() {
    { pwd && cat "$@"; } | cksum
}

is_current() {
    [ -x "$1/bin/python" ] && [ "$(cat "$1/made-from" 2>/dev/null)" = "$2" ]
}

pip_in() {
    folder=$1
    shift
    PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONPATH='' "$folder/bin/python" -m pip "$@"
}
