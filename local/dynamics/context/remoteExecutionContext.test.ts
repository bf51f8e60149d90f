import { describe, expect, it } from "vitest";
import { entityReference, optionSetValue } from "./dataContract.ts";
import { remoteExecutionContext } from "./remoteExecutionContext.ts";

const update = {
  organizationId: "0f6d2c1a-5b3e-4d84-9a71-2c8e5f1b7a01",
  table: "contact",
  message: "Update" as const,
  id: "11111111-1111-4111-8111-111111111111",
  attributes: { firstname: "Åse", emailaddress1: null, statecode: optionSetValue(1) },
  modifiedOn: new Date("2026-03-01T10:00:00.750Z"),
  primaryName: { column: "fullname", value: "Åse Novák" },
};

const MEMBERS =
  `BusinessUnitId CorrelationId Depth InitiatingUserAgent InitiatingUserAzureActiveDirectoryObjectId
  InitiatingUserId InputParameters IsExecutingOffline IsInTransaction IsOfflinePlayback IsolationMode MessageName Mode
  OperationCreatedOn OperationId OrganizationId OrganizationName OutputParameters OwningExtension ParentContext
  PostEntityImages PreEntityImages PrimaryEntityId PrimaryEntityName RequestId SecondaryEntityName SharedVariables Stage
  UserAzureActiveDirectoryObjectId UserId`.split(/\s+/);

describe("a RemoteExecutionContext", () => {
  it("has the 30 members in alphabetical order, and so has its parent", () => {
    const context = remoteExecutionContext(update);
    expect(Object.keys(context)).toEqual(MEMBERS);
    expect(Object.keys(context.ParentContext ?? {})).toEqual(MEMBERS);
  });

  it("carries the submitted columns, the id and who and when, and null for what was cleared", () => {
    const target = remoteExecutionContext(update).InputParameters[0]?.value;
    expect(target).toMatchObject({
      __type: "Entity:http://schemas.microsoft.com/xrm/2011/Contracts",
      Id: update.id,
      LogicalName: "contact",
      Attributes: [
        { key: "firstname", value: "Åse" },
        { key: "emailaddress1", value: null },
        { key: "statecode", value: { Value: 1 } },
        { key: "contactid", value: update.id },
        { key: "modifiedon", value: "/Date(1772359200000)/" },
        { key: "modifiedby", value: { LogicalName: "systemuser" } },
        { key: "modifiedonbehalfby", value: null },
      ],
    });
  });

  it("tells in the parent only what the caller sent", () => {
    const parent = remoteExecutionContext(update).ParentContext;
    expect(parent).toMatchObject({ Stage: 30, ParentContext: null, PostEntityImages: [] });
    expect(parent?.InputParameters.map(({ key }) => key)).toEqual(["Target", "SuppressDuplicateDetection"]);
    expect(JSON.stringify(parent?.InputParameters)).not.toContain("modifiedon");
  });

  it("asynchronously names the job as its operation, in whole seconds with an offset", () => {
    const context = remoteExecutionContext({ ...update, stepName: "a step" });
    expect(context).toMatchObject({
      Mode: 1,
      IsInTransaction: false,
      OperationCreatedOn: "/Date(1772359200000+0000)/",
    });
    expect(context.OperationId).not.toBe(context.RequestId);
    expect(context.OwningExtension).toMatchObject({ LogicalName: "sdkmessageprocessingstep", Name: null });
  });

  it("synchronously names the request as its operation, in milliseconds, and names the step", () => {
    const context = remoteExecutionContext({ ...update, mode: "sync", stepName: "a step" });
    expect(context).toMatchObject({
      Mode: 0,
      IsInTransaction: true,
      OperationCreatedOn: "/Date(1772359200750)/",
    });
    expect(context.OperationId).toBe(context.RequestId);
    expect(context.OwningExtension.Name).toBe("a step");
    expect(context.PostEntityImages).toEqual([]);
  });

  it("adds the display name as an image: after the write, but before a delete", () => {
    const after = remoteExecutionContext(update);
    expect(after.PreEntityImages).toEqual([]);
    expect(after.PostEntityImages).toMatchObject([
      {
        key: "AsynchronousStepPrimaryName",
        value: { Attributes: [{ key: "fullname", value: "Åse Novák" }, {}] },
      },
    ]);
    expect(after.PostEntityImages[0]?.value).not.toHaveProperty("__type");
    const deleted = remoteExecutionContext({ ...update, message: "Delete" });
    expect(deleted.PreEntityImages.map(({ key }) => key)).toEqual(["AsynchronousStepPrimaryName"]);
    expect(deleted.PostEntityImages).toEqual([]);
  });

  it("points at a deleted row with a reference", () => {
    const context = remoteExecutionContext({ ...update, message: "Delete" });
    expect(context.InputParameters).toEqual([
      { key: "Target", value: entityReference("contact", update.id) },
    ]);
  });

  it("returns the new id of a Create", () => {
    const context = remoteExecutionContext({ ...update, message: "Create" });
    expect(context.OutputParameters).toEqual([{ key: "id", value: update.id }]);
    expect(context.SharedVariables).toContainEqual({ key: "DefaultsAddedFlag", value: true });
  });

  it("names the relationship and the rows of an Associate", () => {
    const related = {
      relationship: "a_b",
      rows: [{ table: "b", id: "22222222-2222-4222-8222-222222222222" }],
    };
    const context = remoteExecutionContext({ ...update, message: "Associate", related });
    expect(context.InputParameters.map(({ key }) => key)).toEqual([
      "Target",
      "Relationship",
      "RelatedEntities",
    ]);
    expect(context.InputParameters[1]?.value).toMatchObject({ SchemaName: "a_b", PrimaryEntityRole: null });
    expect(context.InputParameters[2]?.value).toMatchObject([{ LogicalName: "b" }]);
  });

  it("hands on the caller's tag", () => {
    const context = remoteExecutionContext({ ...update, tag: "portal-sync" });
    expect(context.SharedVariables).toContainEqual({ key: "tag", value: "portal-sync" });
  });
});
