import type { ChangeNews } from '../change-news.ts';

/** What is listened to. */
export const changeChannel = 'promotion_process_changes';

/** A notification carries less than 8,000 bytes. */
const mostBytes = 7000;
const settings = 'settings';
const everything = '*';

export function newsText(news: ChangeNews): string {
  switch (news.kind) {
    case 'promotions': {
      const text = news.ids.join(',');
      return text.length > mostBytes ? everything : text;
    }
    case 'settings':
      return settings;
    case 'everything':
      return everything;
  }
}

export function newsOf(text: string): ChangeNews {
  if (text === settings) return { kind: 'settings' };
  if (text === everything || text === '') return { kind: 'everything' };
  return { kind: 'promotions', ids: text.split(',') };
}
