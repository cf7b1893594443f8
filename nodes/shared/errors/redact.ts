/** A sign between a name and its value, which may be quoted, or escaped as in JSON, XML and URLs. */
const BETWEEN = String.raw`(?:["'\\]*\s*(?:[:=]|,(?=\s*["'\\])|\\u00[0-9a-f]{2}|&#?\w+;|%(?:25)*[0-9a-f]{2})){1,16}\s*["'\\]*\s*`;

const SECRET_NAMES =
	'access_?token|app_?secret|client_?secret|suite_?(?:secret|ticket)|private_?key|refresh_?token|security[_-]?token|access_?key_?secret|assertion|x-acs-dingtalk-access-token|signature|ossaccesskeyid|x-oss-(?:signature|credential)';

const SECRETS: Array<[RegExp, string]> = [
	// Fields with the name of a secret: in a URL, a form, JSON, or JSON inside JSON.
	[new RegExp(String.raw`((?:${SECRET_NAMES})${BETWEEN})[^\s\\"',}&<>]+`, 'gi'), '$1***'],
	// What else the query of a signed URL has, also as XML and forms encode it.
	[/((?:[?&;]|%26|%3f)(?:token|expires|x-oss-[\w-]+)(?:=|%3d))[^&\s"'<>]+/gi, '$1***'],
	// OSS and PDS Authorization headers.
	[/\b(OSS4?|acs)\s+[\w.-]+:[\w+/=-]+/g, '$1 ***'],
	[/\b(Bearer)\s+[\w.+/=-]{12,}/g, '$1 ***'],
	// The login of a proxy.
	[/\b(Basic)(?:\s|%20|\+)+[\w+/=%-]{6,}/gi, '$1 ***'],
	[/\b(OSS4-HMAC-SHA256|ACS4?-HMAC-SHA256)\s[^\n"]+/g, '$1 ***'],
	// XML elements of OSS errors.
	[/<(OSSAccessKeyId|SignatureProvided|StringToSign\w*)>[^<]*<\/\1>/g, '<$1>***</$1>'],
];

/** Masks tokens, secrets and signatures in a text from outside. */
export function redact(text: string): string {
	return SECRETS.reduce((clean, [pattern, mask]) => clean.replace(pattern, mask), text);
}
