import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import styles from './chosen-two.module.css';

/** Leads to the comparison of two promotions once two are chosen; it stays in sight while the second is looked for. */
export function ChosenTwo({ chosen }: { readonly chosen: readonly string[] }) {
  const [one, other] = chosen;
  if (one === undefined) return null;
  return (
    <div className={styles['chosen']} role="status">
      {other === undefined ? (
        <>{one} is chosen. Choose another one to compare it with.</>
      ) : (
        <>
          {one} and {other}
          <Button
            size="xs"
            variant="filled"
            renderRoot={(props) => <Link to="/history/comparison" search={{ one, other }} {...props} />}
          >
            Compare them
          </Button>
        </>
      )}
    </div>
  );
}
