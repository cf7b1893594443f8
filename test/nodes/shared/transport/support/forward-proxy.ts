import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';

import { listen } from '../../../../services/core/listen';

/** What came through since the last time it was asked. */
export interface Traffic {
	/** Absolute URLs of plain requests. */
	requests: string[];
	/** `host:port` of tunnels. */
	connects: string[];
	/** Proxy-Authorization of either, '' for none. */
	credentials: string[];
}

export type ToProxy = { take: true } | { refuse: number };
export type FromProxy = { port: number } | { traffic: Traffic };

/** A forward proxy: plain requests are passed on, CONNECT makes a tunnel. */
function main(): void {
	let traffic = none();
	let refuse = 0;
	const tell = (message: FromProxy) => process.send?.(message);

	const server = createServer((request, response) => {
		traffic.requests.push(request.url ?? '');
		traffic.credentials.push(request.headers['proxy-authorization'] ?? '');
		if (refuse) return void response.writeHead(refuse).end();
		const headers = { ...request.headers };
		delete headers['proxy-authorization'];
		delete headers['proxy-connection'];
		const onward = httpRequest(request.url ?? '', { method: request.method, headers }, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		onward.on('error', () => response.destroy());
		request.pipe(onward);
	});
	server.on('connect', (request, socket, head) => {
		traffic.connects.push(request.url ?? '');
		traffic.credentials.push(request.headers['proxy-authorization'] ?? '');
		if (refuse) return void socket.end(`HTTP/1.1 ${refuse} No\r\nContent-Length: 0\r\n\r\n`);
		const [host, port] = (request.url ?? '').split(':');
		const onward = connect(Number(port), host, () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			onward.write(head);
			socket.pipe(onward).pipe(socket);
		});
		onward.on('error', () => socket.destroy());
		socket.on('error', () => onward.destroy());
	});
	void listen(server).then((url) => tell({ port: Number(new URL(url).port) }));

	process.on('message', (message: ToProxy) => {
		if ('refuse' in message) refuse = message.refuse;
		tell({ traffic });
		traffic = none();
	});
	process.once('disconnect', () => process.exit());
}

function none(): Traffic {
	return { requests: [], connects: [], credentials: [] };
}

main();
