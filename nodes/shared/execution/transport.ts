import { UndiciTransport, type EgressFilter, type Transport } from '../transport';

/** Creates an execution's transport, which ends with it and obeys the server's egress policy. */
export function transportOf(context: {
	helpers: object;
	getExecutionCancelSignal?: () => AbortSignal | undefined;
}): Transport {
	return new UndiciTransport({
		cancelSignal: context.getExecutionCancelSignal?.(),
		egressFilter: egressFilterOf(context.helpers),
	});
}

/** Returns n8n's egress filter, which servers before 2.28 lack. */
function egressFilterOf(helpers: object): EgressFilter | undefined {
	const { getSecureEgressFilter } = helpers as { getSecureEgressFilter?: () => EgressFilter };
	return getSecureEgressFilter?.();
}
