<?php
// Mints one embed token and prints it. PHP 7.4 or later, nothing to install.
//
//   VENDOR=pos-helper AUDIENCE=https://console.example SECRET=… php mint.php
//   VENDOR=pos-helper AUDIENCE=https://console.example KEY=key.pem KID=2026-11 php mint.php
//
// KEY is an Ed25519 private key in PEM (openssl genpkey -algorithm ed25519 -out key.pem), signed with by the extension
// sodium, which comes with PHP; SECRET is at least 32 bytes.

declare(strict_types=1);

/** base64url without padding, as RFC 7515 wants it. */
function part(string $data): string
{
    return rtrim(strtr(base64_encode($data), '+/', '-_'), '=');
}

/** Signs by the key in a PEM file: the last 32 bytes of its PKCS #8 are the seed (RFC 8410). */
function sign_by_key(string $signed, string $file): string
{
    $pem = preg_replace('/-----[A-Z ]+-----|\s/', '', (string) file_get_contents($file));
    $pair = sodium_crypto_sign_seed_keypair(substr((string) base64_decode($pem, true), -32));
    return sodium_crypto_sign_detached($signed, sodium_crypto_sign_secretkey($pair));
}

/** A token for one of your users, as your own session knows them. Never take these from the browser's request. */
function mint(string $user, string $name, string $locale, string $merchant, array $tills, string $role): string
{
    $key = getenv('KEY');
    $now = time();
    $header = ['alg' => $key ? 'EdDSA' : 'HS256', 'typ' => 'JWT'];
    if (getenv('KID')) {
        $header['kid'] = getenv('KID');
    }
    $claims = [
        'iss' => getenv('VENDOR'),
        'aud' => getenv('AUDIENCE'),
        'sub' => $user,
        'merchant' => $merchant,
        'tills' => array_values($tills), // a list, also after array_filter()
        'role' => $role,
        'name' => $name,
        'locale' => $locale,
        'iat' => $now,
        'exp' => $now + 120, // 300 at most: it is used within seconds
        'jti' => bin2hex(random_bytes(16)), // never the same twice
    ];
    $encode = fn ($value) => part(json_encode($value, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE));
    $signed = $encode($header) . '.' . $encode($claims);
    $signature = $key ? sign_by_key($signed, $key) : hash_hmac('sha256', $signed, (string) getenv('SECRET'), true);
    return $signed . '.' . part($signature);
}

if (!getenv('VENDOR') || !getenv('AUDIENCE') || !(getenv('SECRET') || getenv('KEY'))) {
    fwrite(STDERR, "set VENDOR, AUDIENCE, and SECRET or KEY\n");
    exit(2);
}
echo mint('u-1042', 'Zoé Lambert', 'fr', 'resto-77', ['caisse'], 'manager'), "\n";
