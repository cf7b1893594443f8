import type { FaultRule, LocalDingTalk, RecordedCall } from '../../services/dingtalk';
import type { Mail } from './mails';

/** Where the commits of a mail wait. */
interface Door {
	isOpen: boolean;
	opened: Promise<void>;
	open(): void;
	/** Its files whose commits came so far. */
	came: string[];
}

/**
 * Keeps mails in their middle, for as long as it takes to see that they are there: the first file
 * that is to be committed is. The second is too, but its execution is not told. The others wait.
 */
export class Gate {
	private readonly doors: Map<Mail, Door>;

	/** @param isClosed whether mails are kept yet; asked at each commit */
	constructor(
		dingTalk: LocalDingTalk,
		mails: Mail[],
		private readonly isClosed: () => boolean = () => true,
	) {
		this.doors = new Map(mails.map((mail) => [mail, newDoor()]));
		for (const [mail, door] of this.doors) {
			const names = new Set(mail.attachments.map(({ name }) => name));
			const rule = (fits: (at: number) => boolean, kind: 'hold' | 'holdAnswer'): FaultRule => ({
				call: 'commit',
				times: Infinity,
				when: (call) => names.has(nameIn(call)) && fits(this.comes(door, nameIn(call))),
				fault: { kind, until: door.opened },
			});
			dingTalk.fail(rule((at) => at === 1, 'holdAnswer'));
			dingTalk.fail(rule((at) => at > 1, 'hold'));
		}
	}

	/** Lets a mail go on, now and later. */
	open(mail: Mail): void {
		this.doors.get(mail)?.open();
	}

	/** Keeps none any longer; what waits for the dead is never carried out. */
	openForAllBut(dead: Set<Mail>): void {
		for (const [mail, door] of this.doors) {
			door.isOpen = true;
			if (!dead.has(mail)) door.open();
		}
	}

	/** The how-manieth of its mail's files this is, from 0; -1 when nobody is kept. */
	private comes({ isOpen, came }: Door, name: string): number {
		if (isOpen || !this.isClosed()) return -1;
		if (!came.includes(name)) came.push(name);
		return came.indexOf(name);
	}
}

function newDoor(): Door {
	let resolve = () => {};
	const opened = new Promise<void>((open) => (resolve = open));
	const door: Door = {
		isOpen: false,
		opened,
		came: [],
		open: () => {
			door.isOpen = true;
			resolve();
		},
	};
	return door;
}

function nameIn({ body }: RecordedCall): string {
	return (body as { name?: string } | undefined)?.name ?? '';
}
