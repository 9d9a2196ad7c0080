<?php
// A WordPress for tests only: fixed salts, no outside requests, a port told by the environment.
define('DB_ENGINE', 'sqlite');
define('DB_DIR', dirname(__DIR__) . '/database/');
define('DB_FILE', 'wordpress.sqlite');
define('DB_NAME', 'wordpress');
define('DB_USER', '');
define('DB_PASSWORD', '');
define('DB_HOST', '');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define($name . '_KEY', "test $name key");
    define($name . '_SALT', "test $name salt");
}
$table_prefix = 'wp_';

// Permits application passwords over plain http, as on loopback.
define('WP_ENVIRONMENT_TYPE', 'local');
define('WP_HOME', getenv('GOLIVE_TEST_WORDPRESS') ?: 'http://127.0.0.1');
define('WP_SITEURL', WP_HOME);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISABLE_WP_CRON', true);
define('WP_DEBUG', false);

if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
