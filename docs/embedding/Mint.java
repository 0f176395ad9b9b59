// Mints one embed token and prints it. JDK 17 or later, nothing to install.
//
//   VENDOR=pos-helper AUDIENCE=https://console.example SECRET=… java Mint.java
//   VENDOR=pos-helper AUDIENCE=https://console.example KEY=key.pem KID=2026-11 java Mint.java
//
// KEY is an Ed25519 private key in PEM (openssl genpkey -algorithm ed25519 -out key.pem); SECRET is at least 32 bytes.

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class Mint {
    /** One of your users, as your own session knows them. Never take these from the browser's request. */
    record User(String id, String name, String locale, String merchant, List<String> tills, String role) {}

    public static void main(String[] arguments) throws Exception {
        if (env("VENDOR") == null || env("AUDIENCE") == null || (env("SECRET") == null && env("KEY") == null)) {
            System.err.println("set VENDOR, AUDIENCE, and SECRET or KEY");
            System.exit(2);
        }
        System.out.println(mint(new User("u-1042", "Zo\u00e9 Lambert", "fr", "resto-77", List.of("caisse"), "manager")));
    }

    static String mint(User user) throws Exception {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", env("KEY") != null ? "EdDSA" : "HS256");
        header.put("typ", "JWT");
        if (env("KID") != null) header.put("kid", env("KID"));

        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", env("VENDOR"));
        claims.put("aud", env("AUDIENCE"));
        claims.put("sub", user.id());
        claims.put("merchant", user.merchant());
        claims.put("tills", user.tills());
        claims.put("role", user.role());
        claims.put("name", user.name());
        claims.put("locale", user.locale());
        claims.put("iat", now);
        claims.put("exp", now + 120); // 300 at most: it is used within seconds
        claims.put("jti", UUID.randomUUID().toString()); // never the same twice

        String signed = part(json(header).getBytes(UTF_8)) + "." + part(json(claims).getBytes(UTF_8));
        byte[] signature = env("KEY") != null ? byKey(signed) : bySecret(signed);
        return signed + "." + part(signature);
    }

    private static byte[] bySecret(String signed) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(env("SECRET").getBytes(UTF_8), "HmacSHA256"));
        return mac.doFinal(signed.getBytes(UTF_8));
    }

    private static byte[] byKey(String signed) throws Exception {
        String pem = Files.readString(Path.of(env("KEY"))).replaceAll("-----[A-Z ]+-----|\\s", "");
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem))));
        signature.update(signed.getBytes(UTF_8));
        return signature.sign();
    }

    /** base64url without padding, as RFC 7515 wants it. */
    private static String part(byte[] data) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(data);
    }

    /** As much of JSON as a token needs. Where you have a library for it, use that. */
    private static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> json(entry.getKey()) + ":" + json(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Mint::json).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Number) return value.toString();
        StringBuilder text = new StringBuilder("\"");
        for (char c : value.toString().toCharArray()) {
            if (c == '"' || c == '\\') text.append('\\').append(c);
            else if (c < ' ') text.append(String.format("\\u%04x", (int) c));
            else text.append(c);
        }
        return text.append('"').toString();
    }

    private static String env(String name) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
