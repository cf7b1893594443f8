/** The part of cli-progress that the demo uses; the package has no types of its own. */
declare module 'cli-progress' {
	interface Options {
		format?: string;
		barsize?: number;
		hideCursor?: boolean;
		clearOnComplete?: boolean;
		stream?: NodeJS.WriteStream;
	}

	interface SingleBar {
		start(total: number, value: number, payload: object): void;
		update(value: number, payload: object): void;
		stop(): void;
	}

	const cliProgress: {
		SingleBar: new (options: Options, preset?: object) => SingleBar;
		Presets: { shades_classic: object };
	};
	export default cliProgress;
}
