<?php
// For PHP's built-in server: a file that is there is served, anything else is WordPress.
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$file = realpath($_SERVER['DOCUMENT_ROOT'] . urldecode($path ?: '/'));
if ($file && is_file($file)) {
    return false;
}
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
