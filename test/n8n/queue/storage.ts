import type { LocalDingTalk, StoredDentry } from '../../services/dingtalk';
import { EXECUTION_PROPERTY } from './kinds';
import type { Attachment, Mail } from './mails';

/** A file that the service took, and the execution that gave it. */
export interface Commit {
	execution: string;
	fileName: string;
}

interface CommitBody {
	name: string;
	option?: { appProperties?: Array<{ name: string; value: string }> };
}

/** The successful commits so far, in order. */
export function commitsAt(dingTalk: LocalDingTalk): Commit[] {
	return dingTalk
		.callsOf('commit')
		.filter(({ status }) => status === 200)
		.map(({ body }) => {
			const { name, option } = body as CommitBody;
			const property = option?.appProperties?.find((one) => one.name === EXECUTION_PROPERTY);
			return { execution: property?.value ?? '', fileName: name };
		});
}

/** Execution → its mail, and how many of its files it has committed as far as it was told. */
export type Progress = Map<string, [Mail, number]>;

/** How far each execution is. */
export function progressAt(dingTalk: LocalDingTalk, mails: Mail[]): Progress {
	const mailOf = new Map(mails.flatMap((mail) => mail.attachments.map(({ name }) => [name, mail])));
	const progress: Progress = new Map();
	for (const { execution, fileName } of commitsAt(dingTalk)) {
		const mail = mailOf.get(fileName);
		if (!mail) continue;
		progress.set(execution, [mail, (progress.get(execution)?.[1] ?? 0) + 1]);
	}
	return progress;
}

/** What is stored at one moment: every attachment has bytes of its own, so its hash finds it. */
export class Storage {
	private readonly bySha256 = new Map<string, StoredDentry[]>();

	constructor(dingTalk: LocalDingTalk) {
		for (const file of dingTalk.files()) {
			const same = this.bySha256.get(file.sha256) ?? [];
			this.bySha256.set(file.sha256, [...same, file]);
		}
	}

	/** The files with these bytes, whatever they are called. */
	copiesOf({ sha256 }: Attachment): StoredDentry[] {
		return this.bySha256.get(sha256) ?? [];
	}

	/** How many of a mail's files are stored at least once. */
	storedOf({ attachments }: Mail): number {
		return attachments.filter((attachment) => this.copiesOf(attachment).length > 0).length;
	}

	/** Those that hold none of the mails' bytes. */
	strangers(mails: Mail[]): StoredDentry[] {
		const known = new Set(mails.flatMap((mail) => mail.attachments.map(({ sha256 }) => sha256)));
		return [...this.bySha256.values()].flat().filter(({ sha256 }) => !known.has(sha256));
	}
}
