# Shared by the scripts beside it: makes the Python environment from a lock file. Source it; it needs $ROOT.

# A clone whose path has a space, or (as root) whose parents other users may not enter, keeps its environment and its
# data elsewhere: the embedded PostgreSQL server runs as a user of its own and would need those folders opened.
choose_home() {
    SHOP_HOME="$ROOT"
    case "$ROOT" in *" "*) substitute_home ;; esac
    if [ "$(id -u)" = 0 ] && [ "$SHOP_HOME" = "$ROOT" ]; then
        folder="$ROOT"
        while [ "$folder" != / ]; do
            case "$(stat -c %A "$folder" 2>/dev/null || stat -f %Sp "$folder")" in
                *x | *t) ;;
                *) substitute_home; break ;;
            esac
            folder=$(dirname "$folder")
        done
    fi
    export SHOP_VAR_DIR="${SHOP_VAR_DIR:-$SHOP_HOME/var}"
    mkdir -p "$SHOP_VAR_DIR"
    VENV="$SHOP_HOME/.venv"
    PYTHON="$VENV/bin/python"
}

substitute_home() {
    SHOP_HOME="/var/tmp/stillhand-$(id -u)-$(printf %s "$ROOT" | cksum | cut -d ' ' -f 1)"
    mkdir -p -m 755 "$SHOP_HOME"
    [ -O "$SHOP_HOME" ] || { echo "$SHOP_HOME belongs to somebody else; remove it or move this clone." >&2; exit 1; }
    echo "This folder can't hold the database's files; they are kept in $SHOP_HOME"
}

# make_environment LOCKFILE: installs exactly what the lock file names, once; by uv where it works, else by pip.
make_environment() {
    stamp="$VENV/.installed-$(cksum <"$ROOT/$1" | cut -d ' ' -f 1)"
    [ -e "$stamp" ] && return
    echo "Preparing Python packages ($1) ..."
    install_by_uv "$1" || install_by_pip "$1"
    touch "$stamp"
}

install_by_uv() {
    # The machine's own certificates, as pip uses them (the name changed between versions of uv).
    export UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1
    if command -v uv >/dev/null 2>&1; then
        UV=uv
        [ -x "$PYTHON" ] || "$UV" venv --quiet --python "$(find_python)" "$VENV" || return 1
    else
        UV="$VENV/bin/uv"
        [ -x "$PYTHON" ] || "$(find_python)" -m venv "$VENV" || return 1
        [ -x "$UV" ] || "$PYTHON" -m pip install --quiet --disable-pip-version-check uv || return 1
    fi
    "$UV" pip install --quiet --python "$PYTHON" --require-hashes -r "$ROOT/$1"
}

install_by_pip() {
    echo "uv can't be used here; pip takes a little longer."
    "$PYTHON" -m pip --version >/dev/null 2>&1 || "$(find_python)" -m venv --clear "$VENV"
    "$PYTHON" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$ROOT/$1"
}

find_python() {
    for name in python3.14 python3.13 python3.12 python3.11 python3 python; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    echo "Python 3.11 to 3.14 is needed; none was found." >&2
    exit 1
}
