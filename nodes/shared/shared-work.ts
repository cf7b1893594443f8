import { isAnswer, recover, toUploadError } from './errors';

/**
 * Work that several want at the same time: it is done once for all of them. When it fails and that is
 * no answer, one of those who only waited does it anew: another one's stop does not concern them, and
 * of an outage they have seen one.
 */
export class SharedWork<T> {
	private readonly works = new Map<string, Promise<T>>();

	/** @param keep whether answers, refusals among them, are kept for those who come later */
	constructor(private readonly keep: boolean) {}

	/**
	 * @param key names the work; who gives the same key wants the same
	 * @param outages that may still be waited out with others
	 */
	async get(key: string, work: () => Promise<T>, outages = 1): Promise<T> {
		const running = this.works.get(key);
		if (!running) return await this.start(key, work);
		return await recover(
			async () => await running,
			async (error) => {
				const { outcome } = error.facts;
				if (outcome === 'cancelled') return await this.get(key, work, outages);
				if (isAnswer(outcome) || outages === 0) return error;
				return await this.get(key, work, outages - 1);
			},
		);
	}

	private async start(key: string, work: () => Promise<T>): Promise<T> {
		const started = work();
		this.works.set(key, started);
		const forget = () => this.works.delete(key);
		started.then(
			() => this.keep || forget(),
			(error: unknown) => (this.keep && isAnswer(toUploadError(error).facts.outcome)) || forget(),
		);
		return await started;
	}
}
