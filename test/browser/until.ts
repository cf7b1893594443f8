/** Repeats an assertion until it holds; after 30 seconds its last failure is the result. */
export async function until(assertion: () => Promise<void> | void): Promise<void> {
	for (const deadline = Date.now() + 30_000; ;) {
		try {
			return await assertion();
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
}
