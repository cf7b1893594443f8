import { UndiciTransport, type EgressFilter, type Transport } from '../transport';

/** The transport of an execution: it ends with it, and keeps to the server's egress policy. */
export function transportOf(context: {
	helpers: object;
	getExecutionCancelSignal?: () => AbortSignal | undefined;
}): Transport {
	return new UndiciTransport({
		cancelSignal: context.getExecutionCancelSignal?.(),
		egressFilter: egressFilterOf(context.helpers),
	});
}

/** n8n offers its filter since 2.28; older servers have none. */
function egressFilterOf(helpers: object): EgressFilter | undefined {
	const { getSecureEgressFilter } = helpers as { getSecureEgressFilter?: () => EgressFilter };
	return getSecureEgressFilter?.();
}
