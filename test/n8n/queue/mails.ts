import { createHash } from 'node:crypto';
import { Agent, fetch, FormData } from 'undici';

/** A file of a mail. */
export interface Attachment {
	name: string;
	bytes: Buffer;
	sha256: string;
}

/** An e-mail that a service hands to a webhook of n8n. */
export interface Mail {
	/** The kind of workflow it goes to. */
	kind: string;
	id: string;
	attachments: Attachment[];
}

/** How a delivery ended for its sender. */
export interface Receipt {
	/** What n8n answered; 0 when the connection broke. */
	status: number;
	/** The items of the workflow's last node, when it ended well. */
	items: Array<Record<string, unknown>>;
}

const LARGE = 256 * 1024;
const SMALL = 48 * 1024;

/**
 * Mails with attachments of seeded bytes and sizes; every name occurs once. In ASCII: n8n breaks a
 * letter of several bytes where two chunks of a form meet (formidable 3.5, `headerValue`).
 */
export function mailsFor(kind: string, from: number, count: number, files: number): Mail[] {
	return Array.from({ length: count }, (_, index) => {
		const id = `${kind}-${String(from + index).padStart(2, '0')}`;
		const attachments = Array.from({ length: files }, (__, number) =>
			attachment(`${id} attachment ${number}.bin`, number === 0 ? LARGE : SMALL),
		);
		return { kind, id, attachments };
	});
}

/** Whether some of a mail's files are stored, and not all. */
export function isInPart(stored: number, { attachments }: Mail): boolean {
	return stored > 0 && stored < attachments.length;
}

/** The sender waits for the workflow's end, however long a busy machine takes. */
const PATIENT = new Agent({ headersTimeout: 0, bodyTimeout: 0 });

/** Posts a mail as a form, as mail services do, and waits for the workflow's end. */
export async function deliver(webhookUrl: string, mail: Mail): Promise<Receipt> {
	const form = new FormData();
	form.append('mail', mail.id);
	mail.attachments.forEach(({ name, bytes }, index) => {
		form.append(`attachment_${index}`, new Blob([new Uint8Array(bytes)]), name);
	});
	try {
		const response = await fetch(`${webhookUrl}/${mail.kind}`, {
			method: 'POST',
			body: form,
			dispatcher: PATIENT,
		});
		const body: unknown = JSON.parse(await response.text());
		return { status: response.status, items: Array.isArray(body) ? body : [] };
	} catch {
		return { status: 0, items: [] };
	}
}

function attachment(name: string, limit: number): Attachment {
	const seed = createHash('sha256').update(name).digest();
	const size = seed.length + (seed.readUInt32LE(0) % limit);
	const bytes = Buffer.alloc(size);
	// Any bytes will do as long as no two files share them.
	for (let at = 0; at < size; at += seed.length) seed.copy(bytes, at);
	return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}
