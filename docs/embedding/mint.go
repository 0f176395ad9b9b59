// Mints one embed token and prints it. Go 1.18 or later, nothing to install.
//
//	VENDOR=pos-helper AUDIENCE=https://console.example SECRET=… go run mint.go
//	VENDOR=pos-helper AUDIENCE=https://console.example KEY=key.pem KID=2026-11 go run mint.go
//
// KEY is an Ed25519 private key in PEM (openssl genpkey -algorithm ed25519 -out key.pem); SECRET is at least 32 bytes.
package main

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"time"
)

type header struct {
	Alg string `json:"alg"`
	Typ string `json:"typ"`
	Kid string `json:"kid,omitempty"`
}

type claims struct {
	Iss      string   `json:"iss"`
	Aud      string   `json:"aud"`
	Sub      string   `json:"sub"`
	Merchant string   `json:"merchant"`
	Tills    []string `json:"tills"`
	Role     string   `json:"role"`
	Name     string   `json:"name,omitempty"`
	Locale   string   `json:"locale,omitempty"`
	Iat      int64    `json:"iat"`
	Exp      int64    `json:"exp"`
	Jti      string   `json:"jti"`
}

// mint makes a token for one of your users, as your own session knows them: set Sub, Merchant, Tills, Role, Name and
// Locale. Never take these from the browser's request.
func mint(user claims) (string, error) {
	now := time.Now().Unix()
	id := make([]byte, 16)
	if _, err := rand.Read(id); err != nil {
		return "", err
	}
	user.Iss = os.Getenv("VENDOR")
	user.Aud = os.Getenv("AUDIENCE")
	user.Iat = now
	user.Exp = now + 120              // 300 at most: it is used within seconds
	user.Jti = hex.EncodeToString(id) // never the same twice

	key := os.Getenv("KEY")
	head := header{Alg: "HS256", Typ: "JWT", Kid: os.Getenv("KID")}
	if key != "" {
		head.Alg = "EdDSA"
	}
	first, err := part(head)
	if err != nil {
		return "", err
	}
	second, err := part(user)
	if err != nil {
		return "", err
	}
	signed := first + "." + second
	var signature []byte
	if key != "" {
		signature, err = byKey(signed, key)
	} else {
		mac := hmac.New(sha256.New, []byte(os.Getenv("SECRET")))
		_, err = mac.Write([]byte(signed))
		signature = mac.Sum(nil)
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature), err
}

func byKey(signed, file string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("the key is no PEM")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	key, ok := parsed.(ed25519.PrivateKey)
	if !ok {
		return nil, errors.New("the key is not Ed25519")
	}
	return ed25519.Sign(key, []byte(signed)), nil
}

// part is base64url without padding, as RFC 7515 wants it.
func part(value any) (string, error) {
	text, err := json.Marshal(value)
	return base64.RawURLEncoding.EncodeToString(text), err
}

func main() {
	if os.Getenv("VENDOR") == "" || os.Getenv("AUDIENCE") == "" || os.Getenv("SECRET")+os.Getenv("KEY") == "" {
		fmt.Fprintln(os.Stderr, "set VENDOR, AUDIENCE, and SECRET or KEY")
		os.Exit(2)
	}
	token, err := mint(claims{
		Sub: "u-1042", Name: "Zoé Lambert", Locale: "fr", Merchant: "resto-77", Tills: []string{"caisse"}, Role: "manager",
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(token)
}
