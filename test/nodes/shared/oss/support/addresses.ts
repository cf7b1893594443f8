import fc from 'fast-check';

type Octets = [number, number, number, number];

const octet = fc.nat(255);

/** Addresses of this machine, of the link, of private networks, of a cloud's metadata; and any. */
const octets: fc.Arbitrary<Octets> = fc.oneof(
	fc.tuple(fc.constant(127), octet, octet, octet),
	fc.tuple(fc.constant(10), octet, octet, octet),
	fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
	fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
	fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
	fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
	fc.constantFrom<Octets>(
		[0, 0, 0, 0],
		[127, 0, 0, 1],
		[169, 254, 169, 254],
		[100, 100, 100, 200],
		[255, 255, 255, 255],
	),
	fc.tuple(octet, octet, octet, octet),
);

const hex = (value: number) => value.toString(16).padStart(2, '0');
const whole = ([a, b, c, d]: Octets) => ((a * 256 + b) * 256 + c) * 256 + d;

/** The ways in which browsers and libraries let an IPv4 address be written. */
const SPELLINGS: Array<(octets: Octets) => string> = [
	(all) => all.join('.'),
	(all) => `${all.join('.')}.`,
	(all) => String(whole(all)),
	(all) => `0x${whole(all).toString(16)}`,
	(all) => `0${whole(all).toString(8)}`,
	(all) => all.map((each) => `0x${hex(each)}`).join('.'),
	(all) => all.map((each) => `0${each.toString(8)}`).join('.'),
	([a, b, c, d]) => `${a}.${(b * 256 + c) * 256 + d}`,
	([a, b, c, d]) => `${a}.${b}.${c * 256 + d}`,
	(all) => all.join('。'),
	(all) => all.join('.').replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
	(all) => all.join('.').replace(/\d/g, (digit) => `%3${digit}`),
	(all) => `[::ffff:${all.join('.')}]`,
	([a, b, c, d]) => `[::ffff:${hex(a)}${hex(b)}:${hex(c)}${hex(d)}]`,
	([a, b, c, d]) => `[64:ff9b::${hex(a)}${hex(b)}:${hex(c)}${hex(d)}]`,
	(all) => `[::${all.join('.')}]`,
];

const ipv6 = fc.oneof(
	fc.constantFrom('[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[fe80::1]', '[fd00:ec2::254]', '[fc00::]'),
	fc.ipV6().map((address) => `[${address}]`),
);

/** Names that lead to this machine or into its network. */
const names = fc
	.tuple(
		fc.constantFrom('', 'a.', 'storage.oss-cn-shanghai.aliyuncs.com.'),
		fc.constantFrom(
			...['localhost', 'local', 'internal', 'metadata.google.internal', 'host.docker.internal'],
			...['localhost.localdomain', 'localhost6.localdomain6', 'kubernetes.default.svc'],
			...['ⓛocalhost', 'LOCALHOST', 'lоcal.localhost', 'ｌｏｃａｌｈｏｓｔ'],
		),
		fc.constantFrom('', '.', '。', '..'),
	)
	.map((parts) => parts.join(''));

/** Names without a domain are looked up in the network's own. */
const bareNames = fc
	.tuple(
		fc.constantFrom('intranet', 'oss', 'minio', 'redis', 'ip6-localhost', '金'),
		fc.constantFrom('', '.'),
	)
	.map((parts) => parts.join(''));

/** A host that no storage of the service can have. */
export const unsafeHost: fc.Arbitrary<string> = fc.oneof(
	fc.tuple(octets, fc.constantFrom(...SPELLINGS)).map(([address, spell]) => spell(address)),
	ipv6,
	names,
	bareNames,
);

export const publicHost = fc.oneof(
	fc.constantFrom('zjk-dualstack.trans.dingtalk.com', 'b.oss-cn-shanghai.aliyuncs.com'),
	fc.domain().filter((name) => !/(^|\.)(localhost|local|internal|localdomain\d*|svc)$/i.test(name)),
);

const rest = fc
	.tuple(
		fc.constantFrom('', ':443', ':80', ':8443', ':1', ':65535', ':0'),
		fc.constantFrom('', '/', '/x?Signature=verysecretvalue', '/..//%2e#f', '\\x'),
	)
	.map((parts) => parts.join(''));

/** Addresses that begin like a web address, at any of the given hosts. */
export function webAddress(
	host: fc.Arbitrary<string>,
	{ scheme = 'https://', user = '' }: { scheme?: string; user?: string } = {},
): fc.Arbitrary<string> {
	return fc.tuple(host, rest).map(([name, end]) => `${scheme}${user}${name}${end}`);
}

/** Schemes that are none of the web, and texts that are no address. */
export const notWeb: fc.Arbitrary<string> = fc.oneof(
	fc
		.tuple(
			fc.constantFrom(
				...['file:', 'ftp:', 'data:', 'javascript:', 'ws:', 'wss:', 'gopher:', 'blob:https:', 'x:'],
				...['mailto:', 'unix:', 'about:', 'oss:', 'view-source:https:', 'ldap:', 'dict:'],
			),
			fc.constantFrom('//', '/', '', '///', '\\\\'),
			publicHost,
			rest,
		)
		.map((parts) => parts.join('')),
	fc.constantFrom(
		...['', ' ', '/x', '//storage.example.com/x', 'storage.example.com/x', '?x', '#', '.', '..'],
		...['https://', 'https:///', 'http:', 'https://[', 'https://[::1', 'https://a b/', 'https://%'],
		...['https://a:99999/', 'https://[fe80::1%25eth0]/', 'https://\0/', 'undefined', 'null'],
	),
);

const userInfo: fc.Arbitrary<string> = fc
	.constantFrom('u', 'u:', 'u:p', ':p', 'storage.example.com', 'u%40x:p', 'api.dingtalk.com:443')
	.map((info) => `${info}@`);

const anyHost = fc.oneof(publicHost, unsafeHost);

/** Addresses that are refused unless the user named the service. */
export const suspicious = fc.oneof(
	webAddress(unsafeHost),
	webAddress(anyHost, { scheme: 'http://' }),
);

/** Addresses with a user's name and password, which are always refused. */
export const withUser = userInfo.chain((user) => webAddress(anyHost, { user }));
