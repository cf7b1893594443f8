/** How much is measured. */
export interface Scale {
	/** Small sizes: shows that the bench works, not how fast the node is. */
	quick: boolean;
	/** How often each contender runs. */
	runs: number;
	/** Takes a line of progress. */
	say: (line: string) => void;
}
