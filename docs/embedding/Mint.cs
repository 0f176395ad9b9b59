// Mints one embed token and prints it. .NET 10 or later runs this file as it is; before that, it is a console project's
// Program.cs. Nothing to install.
//
//   VENDOR=pos-helper AUDIENCE=https://console.example SECRET=… dotnet run Mint.cs
//   VENDOR=pos-helper AUDIENCE=https://console.example KEY=key.pem KID=2026-11 dotnet run Mint.cs
//
// .NET knows no Ed25519: KEY is a P-256 private key in PEM, for ES256
// (openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem). SECRET is at least 32 bytes.

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

// base64url without padding, as RFC 7515 wants it.
string Part(byte[] data) => Convert.ToBase64String(data).Replace('+', '-').Replace('/', '_').TrimEnd('=');

// A token for one of your users, as your own session knows them. Never take these from the browser's request.
string Mint(string user, string name, string locale, string merchant, string[] tills, string role)
{
    var key = Setting("KEY");
    var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    var header = new JsonObject { ["alg"] = key is null ? "HS256" : "ES256", ["typ"] = "JWT" };
    if (Setting("KID") is { } kid) header["kid"] = kid;
    var claims = new JsonObject
    {
        ["iss"] = Setting("VENDOR"),
        ["aud"] = Setting("AUDIENCE"),
        ["sub"] = user,
        ["merchant"] = merchant,
        ["tills"] = new JsonArray(tills.Select(till => (JsonNode)JsonValue.Create(till)!).ToArray()),
        ["role"] = role,
        ["name"] = name,
        ["locale"] = locale,
        ["iat"] = now,
        ["exp"] = now + 120, // 300 at most: it is used within seconds
        ["jti"] = Guid.NewGuid().ToString(), // never the same twice
    };
    var signed = Part(Encoding.UTF8.GetBytes(header.ToJsonString())) + "." + Part(Encoding.UTF8.GetBytes(claims.ToJsonString()));
    return signed + "." + Part(key is null ? BySecret(signed) : ByKey(signed, key));
}

byte[] BySecret(string signed) =>
    HMACSHA256.HashData(Encoding.UTF8.GetBytes(Setting("SECRET")!), Encoding.UTF8.GetBytes(signed));

// SignData writes r and s one after the other, which is what a JWT holds; not DER.
byte[] ByKey(string signed, string file)
{
    using var key = ECDsa.Create();
    key.ImportFromPem(File.ReadAllText(file));
    return key.SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256);
}

if (Setting("VENDOR") is null || Setting("AUDIENCE") is null || (Setting("SECRET") ?? Setting("KEY")) is null)
{
    Console.Error.WriteLine("set VENDOR, AUDIENCE, and SECRET or KEY");
    return 2;
}
Console.WriteLine(Mint("u-1042", "Zoé Lambert", "fr", "resto-77", ["caisse"], "manager"));
return 0;
