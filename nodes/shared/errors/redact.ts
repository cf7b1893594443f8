const SECRETS: Array<[RegExp, string]> = [
	// Signed URLs, and tokens in a query, also as XML and forms encode them.
	[
		/((?:[?&;]|%26|%3f)(?:access_token|token|signature|expires|security-token|ossaccesskeyid|x-oss-[\w-]+)(?:=|%3d))[^&\s"'<>]+/gi,
		'$1***',
	],
	// OSS and PDS Authorization headers.
	[/\b(OSS4?|acs)\s+[\w.-]+:[\w+/=-]+/g, '$1 ***'],
	[/\b(Bearer)\s+[\w.+/=-]{12,}/g, '$1 ***'],
	// The login of a proxy.
	[/\b(Basic)\s+[\w+/=-]{6,}/gi, '$1 ***'],
	[/\b(OSS4-HMAC-SHA256|ACS4?-HMAC-SHA256)\s[^\n"]+/g, '$1 ***'],
	// XML elements of OSS errors.
	[/<(OSSAccessKeyId|SignatureProvided|StringToSign\w*)>[^<]*<\/\1>/g, '<$1>***</$1>'],
	// Fields with the name of a secret: in a form, in JSON, or in JSON inside JSON.
	[
		/((?:access_?token|app_?secret|client_?secret|suite_?(?:secret|ticket)|private_?key|refresh_?token|security[_-]?token|access_?key_?secret|assertion|x-acs-dingtalk-access-token)[\\"']*\s*[:=]\s*[\\"']*)[^\s\\"',}&]+/gi,
		'$1***',
	],
];

/** Masks tokens, secrets and signatures in a text from outside. */
export function redact(text: string): string {
	return SECRETS.reduce((clean, [pattern, mask]) => clean.replace(pattern, mask), text);
}
