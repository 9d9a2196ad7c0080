<?php
// php install.php FOLDER: sets up FOLDER/site once and writes FOLDER/credentials.json.
function wp_mail()
{
    return true; // nobody is written to
}

$folder = $argv[1];
$_SERVER['HTTP_HOST'] = '127.0.0.1';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
define('WP_INSTALLING', true);
require $folder . '/site/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install('Oak Primary School', 'root', 'root@oak.example', true, '', wp_generate_password(24));
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
flush_rewrite_rules(false);

$credentials = [];
foreach (['author', 'contributor', 'editor'] as $role) {
    $id = wp_insert_user([
        'user_login' => "golive-$role",
        'user_pass' => wp_generate_password(24),
        'user_email' => "$role@oak.example",
        'display_name' => "GoLive $role",
        'role' => $role,
    ]);
    if (is_wp_error($id)) {
        fwrite(STDERR, $id->get_error_message() . "\n");
        exit(1);
    }
    [$password] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'GoLive']);
    $credentials[$role] = ['username' => "golive-$role", 'password' => $password];
}
file_put_contents("$folder/credentials.json", json_encode($credentials, JSON_PRETTY_PRINT));
