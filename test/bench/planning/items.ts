import type { INodeExecutionData } from 'n8n-workflow';

/**
 * Items as the steps before would hand them on. The last has what no operation takes, so that a run
 * ends when all parameters are read and before the first call.
 */
export function planningItems(count: number): INodeExecutionData[] {
	return Array.from({ length: count }, (_, index) => itemOf(index, index === count - 1));
}

function itemOf(index: number, bad: boolean): INodeExecutionData {
	const address = `https://storage.example.com/bucket/key-${index}`;
	return {
		json: {
			name: bad ? 'a/b' : `file-${index}.txt`,
			uploadKey: `key-${index}`,
			headerSignatureInfo: {
				resourceUrls: [bad ? 'nowhere' : address],
				headers: { Authorization: 'OSS key:signature', 'x-oss-date': '20260101T000000Z' },
			},
			file_id: bad ? '' : `file-${index}`,
			upload_id: `upload-${index}`,
		},
		binary: { data: { mimeType: 'text/plain', data: 'eA==', fileName: 'x.txt' } },
	};
}
