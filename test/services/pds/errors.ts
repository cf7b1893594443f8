/** An error of the API: thrown by an endpoint, answered as JSON. */
export class PdsError extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
	) {
		super(message);
		this.name = 'PdsError';
	}

	/** The answer's body. The request id is in a header only. */
	toBody(): { code: string; message: string } {
		return { code: this.code, message: this.message };
	}
}

type ParameterProblem = '' | 'Empty' | 'Missing' | 'NotMatch' | 'NotSupported' | 'OutOfRange';

const SAID: Record<ParameterProblem, string> = {
	'': 'is not valid.',
	Empty: 'is empty.',
	Missing: 'is missing.',
	NotMatch: "doesn't match.",
	NotSupported: 'is not supported.',
	OutOfRange: "doesn't match the limitation.",
};

/**
 * 400 InvalidParameter…, worded as the vendor's table has it. The `.Name` behind the code is known
 * of `InvalidParameterNotSupported.ParallelUpload` only; for other parameters it is UNCONFIRMED.
 */
export function invalid(parameter: string, problem: ParameterProblem = '', why = ''): PdsError {
	const name = parameter.replace(/(?:^|_)([a-z])/g, (_all, letter: string) => letter.toUpperCase());
	const message = `The input parameter ${parameter} ${SAID[problem]}${why && ` ${why}`}`;
	return new PdsError(400, `InvalidParameter${problem}.${name}`, message);
}

/** 404 NotFound.… */
export function notFound(resource: 'Drive' | 'File' | 'Share' | 'UploadId' | 'User'): PdsError {
	return new PdsError(404, `NotFound.${resource}`, `The resource ${resource} cannot be found.`);
}
