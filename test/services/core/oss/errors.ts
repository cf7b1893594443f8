/** An error of OSS: answered as XML. */
export class OssError extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		/** More elements of the XML, in order. */
		readonly details: Record<string, string> = {},
	) {
		super(message);
		this.name = 'OssError';
	}

	/** The answer's body. */
	toXml(requestId: string, hostId: string): string {
		const { EC = '0000-00000000', ...details } = this.details;
		const elements = {
			Code: this.code,
			Message: this.message,
			RequestId: requestId,
			HostId: hostId,
			...details,
			EC,
		};
		const lines = Object.entries(elements).map(
			([name, value]) => `  <${name}>${escape(value)}</${name}>`,
		);
		return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n${lines.join('\n')}\n</Error>\n`;
	}
}

function escape(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
