import { isAnswer, recover, toUploadError } from './errors';

/**
 * Does work once for all who ask for it at the same time. If it fails without a refusal by the
 * service, one of those who waited starts it again: the stop of another job does not concern them,
 * and a failure counts as one of their own attempts.
 */
export class SharedWork<T> {
	private readonly works = new Map<string, Promise<T>>();

	/** @param keep whether results, including refusals, are kept for later calls */
	constructor(private readonly keep: boolean) {}

	/**
	 * Returns the result of the work, sharing it with others who use the same key.
	 *
	 * @param key identifies the work
	 * @param outages how many more failures of others may be waited out
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
