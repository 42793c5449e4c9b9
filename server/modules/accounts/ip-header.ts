/** Set by us on each request to the sign-in library, from what the server knows; a client's is dropped. */
export const ipHeader = 'x-avow-client-ip'
