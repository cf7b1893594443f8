/** The codes of the node's own errors, not of a service. docs/troubleshooting.md explains each. */
export type OwnCode =
	| 'CHECKSUM_MISMATCH'
	| 'INCOMPLETE_ANSWER'
	| 'ISSUED_TWICE'
	| 'IpBlocked'
	| 'LENGTH_MISMATCH'
	| 'NAME_OF_FOLDER'
	| 'NOT_ALL_SENT'
	| 'NOT_AVAILABLE'
	| 'NOT_JSON'
	| 'NOT_OVERWRITTEN'
	| 'NOT_STORAGE'
	| 'PARTS_MISSING'
	| 'PART_TOO_SHORT'
	| 'STORE_STALLED'
	| 'UNSAFE_SIGNED_HEADERS'
	| 'UNSAFE_STORAGE_URL'
	| 'UPLOAD_DIFFERS';
