/**
 * The names of this machine to itself. Only what no name service answers: 127.0.0.0/8 and ::1 (RFC 1122 3.2.1.3,
 * RFC 4291 2.5.3) and "localhost" (RFC 6761 6.3). A page whose own name is made to resolve to 127.0.0.1 (DNS
 * rebinding) still sends that name as its Host.
 */
const NAME = String.raw`(?:localhost|127(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}|\[::1\])`;
const PORT = String.raw`(?::\d{1,5})?`;

const HOST = new RegExp(`^${NAME}${PORT}$`, "i");
const ORIGIN = new RegExp(`^https?://${NAME}${PORT}$`, "i");
const ADDRESS = new RegExp(`^(?:${NAME}|::1)$`, "i");

/** Whether a Host header (name or address, any port) means this machine. */
export const isLoopbackHost = (host: string): boolean => HOST.test(host);

/** Whether an Origin header (RFC 6454 7) is a page of this machine; "null" is none. */
export const isLoopbackOrigin = (origin: string): boolean => ORIGIN.test(origin);

/** Whether what is listened on can be reached from this machine alone. */
export const isLoopbackAddress = (address: string): boolean => ADDRESS.test(address);
