/**
 * The client id and secret of an `Authorization: Basic` header, under the names they have in the form of a
 * token request; empty without such a header. Both halves are form-encoded (RFC 6749, 2.3.1).
 */
export function clientSecretBasic(authorization: string | undefined): URLSearchParams {
  const encoded = /^Basic (\S+)$/i.exec(authorization ?? "")?.[1] ?? "";
  const pair = /^([^:]*):(.*)$/.exec(Buffer.from(encoded, "base64").toString());
  return new URLSearchParams(pair ? `client_id=${pair[1]}&client_secret=${pair[2]}` : "");
}
