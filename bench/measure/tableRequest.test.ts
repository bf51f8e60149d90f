import { expect, test } from "vitest";
import { kindOfRequest } from "./tableRequest.ts";

const account = "/devstoreaccount1";

test("a batch counts as one transaction of the table that it names", () => {
  const batch = (operation: string) =>
    `--batch_1\r\ncontent-type: multipart/mixed\r\n\r\n--changeset_1\r\n\r\n${operation} HTTP/1.1\r\n`;
  const insert = batch(`POST http://127.0.0.1:1${account}/SyncLog`);
  const replace = batch(`PUT http://127.0.0.1:1${account}/Records(PartitionKey='a%7Cmember',RowKey='x')`);
  expect(kindOfRequest("POST", `${account}/$batch`, insert)).toBe("SyncLog transaction");
  expect(kindOfRequest("POST", `${account}/$batch`, replace)).toBe("Records transaction");
});

test("a read by both keys is a point read, any other a query", () => {
  expect(
    kindOfRequest("GET", `${account}/Records(PartitionKey='a%7Cmember',RowKey='b')?$select=id`, ""),
  ).toBe("Records point read");
  expect(kindOfRequest("GET", `${account}/SyncLog()?$filter=PartitionKey%20eq%20'a'`, "")).toBe(
    "SyncLog query",
  );
});

test("creating a table is none of these", () => {
  expect(kindOfRequest("POST", `${account}/Tables`, "{}")).toBe("Tables other");
});
