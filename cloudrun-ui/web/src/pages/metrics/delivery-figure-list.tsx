import { deliveryFigures } from './delivery-figures.ts';
import type { Statistics } from './metrics-query.ts';
import styles from './delivery-figure-list.module.css';

/** The four figures that tell how a team delivers. */
export function DeliveryFigures({ statistics }: { readonly statistics: Statistics }) {
  return (
    <dl className={styles['figures']}>
      {deliveryFigures(statistics).map(({ name, value, means }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={styles['value']}>{value}</dd>
          <dd className="quiet">{means}</dd>
        </div>
      ))}
    </dl>
  );
}
