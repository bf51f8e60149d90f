import { Badge, MessageBar, MessageBarBody, Text } from "@fluentui/react-components";
import { useParams } from "react-router";
import { DynamicsLink } from "../components/DynamicsLink.tsx";
import { CopyableText } from "../components/CopyableText.tsx";
import { LoadingRows } from "../components/LoadingRows.tsx";
import { PageHeader } from "../components/PageHeader.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { RouterLink } from "../components/RouterLink.tsx";
import { Section } from "../components/Section.tsx";
import { usePageTitle } from "../components/usePageTitle.ts";
import { useOrganizationOfAddress } from "../components/useOrganizationOfAddress.ts";
import { useScreenStyles } from "../components/useScreenStyles.ts";
import { portalPath } from "../shell/paths.ts";
import { RecordEvents } from "./RecordEvents.tsx";
import { RecordFields } from "./RecordFields.tsx";
import { recordName } from "./recordName.ts";
import { useRecordHistory } from "./useRecordHistory.ts";
import type { Me } from "../../../functions/contracts/me.ts";

/** One record: its fields now, where each value came from, and every event that touched it. */
export function RecordScreen({ organizations }: { organizations: Me["organizations"] }) {
  const styles = useScreenStyles();
  const { id, name } = useOrganizationOfAddress(organizations);
  const { recordId = "" } = useParams();
  const query = useRecordHistory(id, recordId);
  const first = query.data?.pages[0];
  const record = first?.record ?? null;
  const events = query.data?.pages.flatMap((page) => page.events) ?? [];
  const kind = record && record.kind.charAt(0).toUpperCase() + record.kind.slice(1);
  const personName = record && recordName(record.fields);
  const title = personName ?? kind ?? "Record";
  usePageTitle(title, name);
  return (
    <div className={styles.root}>
      <PageHeader
        title={title}
        subtitle={name}
        beside={
          record?.deletedAt ? (
            <Badge appearance="tint" color="warning" size="large">
              Deleted
            </Badge>
          ) : undefined
        }
        side={<RouterLink to={portalPath(id)}>Event log</RouterLink>}
      />
      <div className={styles.line}>
        {personName && <Text>{kind}</Text>}
        <CopyableText text={recordId} what="record id" />
        <DynamicsLink to={first?.dynamicsUrl ?? null} />
      </div>
      {!first && query.error && <ProblemMessage error={query.error} retry={query.refetch} />}
      {!first && !query.error && <LoadingRows what="the record" rows={8} />}
      {record?.deletedAt && (
        <MessageBar intent="warning">
          <MessageBarBody>
            The record was deleted in Dynamics <RelativeTime at={record.deletedAt} />. Its values are gone;
            its events stay as long as events are kept.
          </MessageBarBody>
        </MessageBar>
      )}
      {first && (
        <Section title="Fields now">
          {record ? (
            <RecordFields organizationId={id} record={record} />
          ) : (
            <Text>
              Portal Sync holds no fields of this record.
              {events.length > 0 && " The events below say what happened to it."}
            </Text>
          )}
        </Section>
      )}
      {first && <RecordEvents events={events} query={query} />}
    </div>
  );
}
