/** The parts of ali-oss that the tests hold the service's signatures against. */
declare module 'ali-oss/lib/common/signUtils' {
	interface SignedParts {
		headers?: Record<string, string>;
		parameters?: Record<string, string>;
	}
	export function buildCanonicalString(
		method: string,
		resourcePath: string,
		request: SignedParts,
		expires?: string,
	): string;
	export function computeSignature(accessKeySecret: string, canonicalString: string): string;
	export function authorization(
		accessKeyId: string,
		accessKeySecret: string,
		canonicalString: string,
	): string;
}

declare module 'ali-oss' {
	interface Options {
		accessKeyId: string;
		accessKeySecret: string;
		bucket: string;
		endpoint: string;
		cname?: boolean;
		secure?: boolean;
	}
	export default class OSS {
		constructor(options: Options);
		signatureUrl(
			name: string,
			options: { method: string; expires: number; 'Content-Type'?: string },
		): string;
	}
}
