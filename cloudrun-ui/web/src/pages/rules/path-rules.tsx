import table from '../../table/table.module.css';
import { demandsOf } from './demands-of-path.ts';
import type { RulesPath } from './rules-query.ts';

/** What one way from an environment to the next demands. */
export function PathRules({ path }: { readonly path: RulesPath }) {
  return (
    <section className={table['section']} id={`${path.from}-to-${path.to}`}>
      <table className={table['table']}>
        <caption>
          {path.from} → {path.to}
        </caption>
        <tbody>
          {demandsOf(path).map(({ subject, words }, index) => (
            <tr key={`${subject} ${String(index)}`}>
              <th scope="row">{subject}</th>
              <td>{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
