/** Status and message of the refusal that a call came to, as `403 Resource not accessible by integration`; "taken" when it was none. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "taken",
    (error: { status: number; response?: { data?: { message?: string } } }) => `${error.status} ${error.response?.data?.message ?? ""}`,
  );
}
