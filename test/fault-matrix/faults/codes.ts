import { ERROR_TEXTS } from '../../../nodes/DingTalkKnowledgeBase/api/error-catalog';
import { OSS_ERROR_TEXTS } from '../../../nodes/shared/oss/oss-error';
import { meets, type MatrixFault } from './fault';

/** Statuses that the documentation gives; a code that fits none is a 400. */
const API_STATUS: Array<[RegExp, number]> = [
	[/^(?:systemError|unknownError)$/, 500],
	[/^operationTimeout$/, 503],
	[/^(?:permissionDenied|forbidden\.|Forbidden\.)|NotAccessible$/, 403],
	[/NotExist$|\.NotFound$/, 404],
];

/** As above, for the storage; a code that fits none is a 403. */
const STORAGE_STATUS: Array<[RegExp, number]> = [
	[/^(?:InvalidArgument|EntityTooLarge|RequestTimeout)$/, 400],
	[/^NoSuch/, 404],
	[/^MissingContentLength$/, 411],
	[/^InternalError$/, 500],
	[/^ServiceBusy$/, 503],
];

function statusOf(code: string, known: Array<[RegExp, number]>, otherwise: number): number {
	const [, status = otherwise] = known.find(([pattern]) => pattern.test(code)) ?? [];
	return status;
}

/** Every code that the node has words for, so that a new one is played without being named here. */
export const API_CODE_FAULTS: MatrixFault[] = Object.keys(ERROR_TEXTS).map((code) => {
	const status = statusOf(code, API_STATUS, 400);
	const message = 'As the service says it.';
	return {
		what: `${status} ${code}`,
		family: [`status ${status}`, code],
		arrange: meets({ kind: 'apiError', status, code, message }),
		answered: true,
		code,
	};
});

export const STORAGE_CODE_FAULTS: MatrixFault[] = [
	...Object.keys(OSS_ERROR_TEXTS),
	'ExpiredToken',
	'RequestTimeout',
	'InternalError',
	'ServiceBusy',
].map((code) => {
	const status = statusOf(code, STORAGE_STATUS, 403);
	return {
		what: `${status} ${code}`,
		family: [`status ${status}`, code],
		arrange: meets({ kind: 'ossError', status, code }),
		answered: true,
		code,
	};
});
