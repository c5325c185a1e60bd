/** Path of the browser the tests drive: TEST_CHROMIUM, or the system's. Throws Problem with what to do. */
export function chromiumPath(): string;
