import { Text } from "@fluentui/react-components";
import { rejectionAdvice } from "../../../functions/contracts/rejections.ts";
import { Code } from "../components/Code.tsx";
import { LoadingRows } from "../components/LoadingRows.tsx";
import { MoreButton } from "../components/MoreButton.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { Section } from "../components/Section.tsx";
import { useScreenStyles } from "../components/useScreenStyles.ts";
import { useRejections } from "./queries.ts";

/** The last refused requests. Nothing of them is kept that identifies the sender. */
export function LastRejections({ organizationId }: { organizationId: string }) {
  const styles = useScreenStyles();
  const query = useRejections(organizationId);
  const items = query.data?.pages.flatMap((page) => page.items);
  return (
    <Section title="Last requests">
      <Text size={200} className={styles.minor}>
        Neither the key nor the body of a refused request is kept. Of many with the same reason in one hour,
        only the first are listed; all are counted above.
      </Text>
      {!items && query.error && <ProblemMessage error={query.error} retry={query.refetch} />}
      {!items && !query.error && <LoadingRows what="the last requests" />}
      {items?.length === 0 && <Text>No refused request is kept. There is nothing to do.</Text>}
      {items && items.length > 0 && (
        <>
          <ul className={styles.list}>
            {items.map(({ id, at, reason, contentType, bytes }) => (
              <li key={id} className={styles.item}>
                <div className={styles.line}>
                  <Text weight="semibold" className={styles.grow}>
                    {rejectionAdvice[reason].title}
                  </Text>
                  <RelativeTime at={at} />
                </div>
                <div className={styles.line}>
                  <Code>{reason}</Code>
                  <Text size={200} className={styles.minor}>
                    {aboutBody(contentType, bytes)}
                  </Text>
                </div>
              </li>
            ))}
          </ul>
          <MoreButton shown={items.length === 1 ? "1 request" : `${items.length} requests`} query={query} />
        </>
      )}
    </Section>
  );
}

/** Many requests are refused for their key or address, before anything else of them is looked at. */
function aboutBody(contentType: string | null, bytes: number): string {
  if (contentType === null && bytes === 0) return "refused before its body was read";
  return `${contentType ?? "no content type"}, ${bytes.toLocaleString("en")} bytes`;
}
