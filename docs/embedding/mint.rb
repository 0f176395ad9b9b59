# Mints one embed token and prints it. Ruby 3.0 or later, nothing to install.
#
#   VENDOR=pos-helper AUDIENCE=https://console.example SECRET=… ruby mint.rb
#   VENDOR=pos-helper AUDIENCE=https://console.example KEY=key.pem KID=2026-11 ruby mint.rb
#
# KEY is an Ed25519 private key in PEM (openssl genpkey -algorithm ed25519 -out key.pem); SECRET is at least 32 bytes.

require "json"
require "openssl"
require "securerandom"

# base64url without padding, as RFC 7515 wants it.
def part(data)
  [data].pack("m0").tr("+/", "-_").delete("=")
end

# A token for one of your users, as your own session knows them. Never take these from the browser's request.
def mint(user:, name:, locale:, merchant:, tills:, role:)
  key = ENV["KEY"] && OpenSSL::PKey.read(File.read(ENV["KEY"]))
  now = Time.now.to_i
  header = { alg: key ? "EdDSA" : "HS256", typ: "JWT", kid: ENV["KID"] }.compact
  claims = {
    iss: ENV.fetch("VENDOR"),
    aud: ENV.fetch("AUDIENCE"),
    sub: user,
    merchant: merchant,
    tills: tills,
    role: role,
    name: name,
    locale: locale,
    iat: now,
    exp: now + 120, # 300 at most: it is used within seconds
    jti: SecureRandom.uuid # never the same twice
  }
  signed = "#{part(JSON.generate(header))}.#{part(JSON.generate(claims))}"
  signature = key ? key.sign(nil, signed) : OpenSSL::HMAC.digest("SHA256", ENV.fetch("SECRET"), signed)
  "#{signed}.#{part(signature)}"
end

abort "set VENDOR, AUDIENCE, and SECRET or KEY" unless ENV["VENDOR"] && ENV["AUDIENCE"] && (ENV["SECRET"] || ENV["KEY"])
puts mint(user: "u-1042", name: "Zoé Lambert", locale: "fr", merchant: "resto-77", tills: ["caisse"], role: "manager")
