/** What stands between a name and its value: a sign, quoted or escaped as JSON, XML and URLs do. */
const BETWEEN = String.raw`(?:\s*(?:[:=,]|["'\\]|\\u00[0-9a-f]{2}|&#?\w+;|%(?:25)*[0-9a-f]{2})){1,16}\s*`;

/** The fields of a signed URL, wherever they are listed. */
const SIGNED_FIELDS = new RegExp(
	String.raw`(?<![a-z])((?:signature|ossaccesskeyid|security-token|x-oss-(?:signature|credential|security-token))${BETWEEN})[\w+/%.-]{8,}=*`,
	'gi',
);

const SECRETS: Array<[RegExp, string]> = [
	[SIGNED_FIELDS, '$1***'],
	// Signed URLs, and tokens in a query, also as XML and forms encode them.
	[
		/((?:[?&;]|%26|%3f)(?:access_token|token|signature|expires|security-token|ossaccesskeyid|x-oss-[\w-]+)(?:=|%3d))[^&\s"'<>]+/gi,
		'$1***',
	],
	// OSS and PDS Authorization headers.
	[/\b(OSS4?|acs)\s+[\w.-]+:[\w+/=-]+/g, '$1 ***'],
	[/\b(Bearer)\s+[\w.+/=-]{12,}/g, '$1 ***'],
	// The login of a proxy.
	[/\b(Basic)(?:\s|%20|\+)+[\w+/=%-]{6,}/gi, '$1 ***'],
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
