// What leaders come to do, as they do it: find, choose, plan, come back later. On the sample site.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { builtSite, DESKTOP, launch, openReader, PHONE, record } from './browser.mjs';
import { serve } from './server.mjs';

const site = builtSite();
let server;
let browser;

before(async () => {
  server = await serve(site);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

// A reader opens a page, does something, and nothing goes wrong in the console meanwhile.
async function journey(path, act, reader = {}) {
  const context = await openReader(browser, server, { screen: PHONE, ...reader });
  await reader.before?.(context);
  const tab = await context.newPage();
  const log = record(tab, server);
  await tab.goto(server.url(path));
  await act(tab, context);
  const { errors, failed } = log.take();
  assert.deepEqual({ errors, failed }, { errors: [], failed: [] });
  await context.close();
}

const rows = (tab) => tab.locator('[data-item]:visible');
const query = (tab) => new URL(tab.url()).search;
const chooseRole = (tab, name) => tab.getByRole('radio', { name, exact: true }).check();
// What only a screen reader hears is set apart by a space.
const planButton = (tab, name) =>
  tab.getByRole('button', { name: new RegExp(`^My plan ?: ${name}$`) });
const enrollLink = (tab) => tab.getByRole('link', { name: /^Enroll ?: Micro Disruptions$/ });

test('from home to an enrollment link in three taps', async () => {
  await journey('', async (tab) => {
    await tab.getByRole('link', { name: 'Micro Disruptions' }).first().click();
    const enroll = enrollLink(tab);
    assert.match(await enroll.getAttribute('href'), /^https:\/\/enroll\.example\.org\//);
    const box = await enroll.boundingBox();
    assert.ok(box.height >= 44, `the button is ${box.height} px high`);
  });
});

test('the same without JavaScript', async () => {
  await journey(
    '',
    async (tab) => {
      await tab.getByRole('link', { name: 'Micro Disruptions' }).first().click();
      assert.ok(await enrollLink(tab).isVisible());
      assert.equal(await tab.locator('.plan-button:visible').count(), 0, 'no button without use');
      await tab.goto(server.url('offerings/'));
      assert.equal(await tab.locator('form:visible').count(), 0, 'no form without use');
      await tab.getByRole('link', { name: 'Principals', exact: true }).first().click();
      assert.match(tab.url(), /roles\/principal\/$/);
      await tab.goto(server.url('plan/'));
      await tab.getByText('What principals must complete').waitFor();
      await tab.getByText('What assistant principals must complete').waitFor();
    },
    { scripts: false },
  );
});

test('filters narrow the list at once and live in the address', async () => {
  await journey('offerings/', async (tab, context) => {
    const all = await rows(tab).count();
    await tab.getByLabel('Kind').selectOption({ label: 'Series' });
    const series = await rows(tab).count();
    assert.ok(series > 0 && series < all, `${series} of ${all}`);
    assert.equal(query(tab), '?kind=series');
    assert.equal(await tab.locator('[data-count]').innerText(), `${series} of ${all} offerings`);

    await tab.getByLabel('Words').fill('mícro');
    await tab.getByRole('heading', { name: 'Micro Disruptions' }).waitFor();
    assert.equal(await rows(tab).count(), 1);
    assert.equal(await tab.getByRole('heading', { name: 'Think tanks' }).count(), 0);
    await tab.locator('[data-announce]', { hasText: `1 of ${all} offerings` }).waitFor({
      state: 'attached',
    });

    const other = await context.newPage();
    await other.goto(tab.url());
    assert.equal(await rows(other).count(), 1, 'the shared address shows the same');
    assert.equal(await other.getByLabel('Kind').inputValue(), 'series');

    await tab.getByRole('button', { name: /Remove filter: .*mícro/ }).click();
    assert.equal(await rows(tab).count(), series);
    await tab.getByRole('button', { name: 'Clear all filters' }).click();
    assert.equal(await rows(tab).count(), all);
    assert.equal(query(tab), '');
  });
});

test('a filter that nothing fits says so and can be undone', async () => {
  await journey('offerings/?words=xylophone', async (tab) => {
    assert.equal(await rows(tab).count(), 0);
    await tab.getByText('Nothing fits all of these.').waitFor();
    await tab.getByRole('button', { name: 'Clear all filters' }).last().click();
    assert.ok((await rows(tab).count()) > 0);
  });
});

test('an address with values that are no options is read as far as it makes sense', async () => {
  await journey('offerings/?kind=nonsense&state=open&%00', async (tab) => {
    assert.equal(await tab.getByLabel('Kind').inputValue(), '');
    for (const state of await rows(tab).locator('[data-state]').all()) {
      assert.match(await state.getAttribute('data-state'), /^(open|closing-soon)$/);
    }
  });
});

test('the schedule narrows to a kind and a month, day by day', async () => {
  await journey('schedule/', async (tab) => {
    const all = await rows(tab).count();
    await tab.getByText('More filters').click();
    await tab.getByLabel('Month', { exact: true }).selectOption({ index: 2 });
    const month = await tab.getByLabel('Month', { exact: true }).inputValue();
    const shown = await rows(tab).count();
    assert.ok(shown > 0 && shown < all);
    for (const row of await rows(tab).all()) {
      assert.equal(await row.getAttribute('data-month'), month);
    }
    assert.equal(await tab.locator('.agenda-month:visible').count(), 1, 'other months are gone');
    const empty = await tab
      .locator('li.session:visible')
      .evaluateAll((days) => days.filter((day) => !day.querySelector('[data-item]:not(.is-left-out)')));
    assert.equal(empty.length, 0, 'no day without a session is left');
  });
});

// The offerings into which one gets at the moment of the test, by the data that the site publishes.
function openByData() {
  const now = Date.parse(process.env.SITE_NOW);
  const isOpen = ({ opens, closes, status }) =>
    !status && (!opens || Date.parse(opens.at) <= now) && (!closes || now < Date.parse(closes.at));
  return JSON.parse(site.text('api/v1/offerings.json'))
    .offerings.filter(({ enroll, cohorts = [], cancelled, required }) => {
      const ways = [enroll, ...cohorts.map((cohort) => cohort.enroll)].filter(Boolean);
      return !cancelled && !required && ways.some(isOpen);
    })
    .map(({ id }) => id);
}

test('the schedule narrows to what is open for enrollment, date by date', async () => {
  const shown = (tab) => rows(tab).evaluateAll((items) => items.map(({ dataset }) => dataset.of));
  const ids = openByData();
  await journey('schedule/', async (tab) => {
    const all = await shown(tab);
    await tab.goto(server.url('schedule/?state=open'));
    const open = await shown(tab);
    assert.deepEqual(open, all.filter((id) => ids.includes(id)));
    assert.ok(open.length > 0 && open.length < all.length, `${open.length} of ${all.length}`);
    assert.ok(open.includes('micro-disruptions'));
  });
});

test('the filter finds the words that are on the page, also after they have changed', async () => {
  await journey('offerings/?words=xylophone', async (tab) => {
    assert.equal(await rows(tab).count(), 0);
    await tab.evaluate(() => {
      const [item] = document.querySelectorAll('[data-item]');
      const other = item.cloneNode(true);
      item.querySelector('a').textContent = 'Xylophone';
      item.after(other);
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    });
    assert.equal(await rows(tab).count(), 1);
    await tab.getByLabel('Words').fill('');
    assert.equal(await tab.locator('[data-item].is-left-out').count(), 0);
  });
});

test('a plan: required dates come with the role, choices add up, clashes are named', async () => {
  await journey('offerings/', async (tab) => {
    await planButton(tab, 'Self as Core').click();
    assert.equal(await planButton(tab, 'Self as Core').getAttribute('aria-pressed'), 'true');
    await planButton(tab, 'Macro Disruptions').click();
    await tab.getByRole('link', { name: 'My plan (2)' }).first().click();
    await tab.locator('[data-ready]').waitFor();

    await chooseRole(tab, 'Principal');
    await tab.getByRole('heading', { name: 'What principals must complete' }).waitFor();
    const mine = tab.locator('.is-mine');
    await mine.getByText('2 in my plan, 1 needed').waitFor();
    await mine.getByText('1 in my plan, 1 needed').waitFor();
    const dates = tab.locator('[data-part=dates] > li');
    await dates.filter({ hasText: 'Leadership Convening' }).first().waitFor();
    const moved = dates.filter({ hasText: 'Winter convening' });
    assert.equal(await moved.locator('del').innerText(), 'December 3, 2026', 'the old day, struck');
    await moved.getByText('The hall was needed for another event').waitFor();
    assert.equal(await dates.filter({ hasText: 'Self as Core' }).count(), 0, 'no cohort is chosen');

    const cohort = tab.getByLabel('Cohort');
    await cohort.selectOption({ index: 1 });
    await dates.filter({ hasText: 'Self as Core' }).first().waitFor();
    await tab.getByText('Act 45', { exact: true }).waitFor();
    await tab.getByText('26 hours pending approval').waitFor();
    await tab.getByText('27 hours').waitFor();

    await tab.reload();
    await dates.filter({ hasText: 'Self as Core' }).first().waitFor();
    assert.ok(await tab.getByRole('radio', { name: 'Principal', exact: true }).isChecked());

    await tab.getByRole('button', { name: /^Remove ?: Self as Core/ }).click();
    await tab.locator('[data-part=status]', { hasText: 'Self as Core' }).waitFor({ state: 'attached' });
    assert.equal(await dates.filter({ hasText: 'Self as Core' }).count(), 0);
  });
});

test('two dates at once are named as a clash, both with their sessions', async () => {
  await journey('plan/', async (tab) => {
    // The sample is free of clashes, so the data of one offering is moved onto another.
    await tab.route('**/api/v1/offerings/macro-disruptions.json', async (route) => {
      const data = await (await route.fetch()).json();
      const other = await (await fetch(server.url('api/v1/offerings/leadership-convening.json'))).json();
      const upcoming = other.cohorts[0].sessions.find(({ meetings }) => meetings[0]?.start > '2026-12');
      Object.assign(data.cohorts[0].sessions[0].meetings[0], upcoming.meetings[0]);
      await route.fulfill({ json: data });
    });
    await tab.goto(`${server.url('plan/')}#principal/macro-disruptions.`);
    await tab.reload();
    const clash = tab.locator('[data-part=clash-list] > li').first();
    await clash.waitFor();
    const words = await clash.innerText();
    assert.match(words, /Leadership Convening/);
    assert.match(words, /Macro Disruptions/);
    assert.match(words, /AM|PM/);
    await tab.locator('[data-part=dates]').getByText('Clash').first().waitFor();
  });
});

test('one of several dates is chosen on the page of the offering', async () => {
  await journey('offerings/micro-disruptions/', async (tab) => {
    const dates = tab.getByRole('button', { name: /^My date ?: Day 1/ });
    assert.ok((await dates.count()) > 1);
    await dates.nth(1).click();
    assert.deepEqual(
      await dates.evaluateAll((all) => all.map((one) => one.getAttribute('aria-pressed'))),
      ['false', 'true', 'false'],
    );
    await dates.nth(0).click();
    assert.equal(await dates.nth(1).getAttribute('aria-pressed'), 'false', 'one of them, not two');
    await tab.goto(server.url('plan/'));
    const shown = tab.locator('[data-part=dates] > li').filter({ hasText: 'Day 1' });
    await shown.waitFor();
    assert.equal(await shown.count(), 1);
  });
});

test('a link carries the plan, and asks before it replaces one', async () => {
  const carried = 'plan/#assistant-principal/micro-disruptions./self-as-core.';
  await journey(carried, async (tab) => {
    await tab.locator('[data-part=choices] > li').nth(2).waitFor();
    assert.ok(await tab.getByRole('radio', { name: 'Assistant principal' }).isChecked());
    assert.equal(new URL(tab.url()).hash, '', 'the address is plain again');
    await tab.getByRole('button', { name: /^Remove ?: Micro Disruptions/ }).click();
    await tab.locator('[data-part=choices] > li').nth(1).waitFor();
    await tab.waitForFunction(() => document.querySelectorAll('[data-part=choices] > li').length === 2);

    await tab.evaluate(() => {
      location.hash = '#principal/macro-disruptions.';
    });
    await tab.getByRole('heading', { name: 'Replace your plan?' }).waitFor();
    assert.equal(await tab.locator('[data-part=choices]').getByText('Self as Core').count() > 0, true);
    await tab.getByRole('button', { name: 'Keep mine' }).click();
    assert.equal(await tab.getByText('Replace your plan?').isVisible(), false);
    await tab.evaluate(() => {
      location.hash = '#principal/macro-disruptions.';
    });
    await tab.getByRole('button', { name: 'Replace mine' }).click();
    await tab.locator('[data-part=choices]').getByRole('link', { name: 'Macro Disruptions' }).waitFor();
    assert.equal(await tab.locator('[data-part=choices]').getByText('Self as Core', { exact: true }).count(), 0);
  });
});

test('a link with nonsense changes nothing and runs nothing', async () => {
  const nonsense = 'plan/#<img src=x onerror=alert(1)>/../UPPER./.__proto__.x=y/%00';
  await journey(nonsense, async (tab) => {
    await tab.locator('[data-ready]').waitFor({ state: 'attached' });
    assert.equal(await tab.locator('[data-part=choices] > li').count(), 0);
    assert.equal(await tab.evaluate(() => ({}).x), undefined);
  });
});

test('the plan works for the visit when the browser refuses to keep it', async () => {
  await journey(
    'offerings/self-as-core/',
    async (tab) => {
      const cohort = tab.getByRole('button', { name: /^My plan ?: Self as Core, / }).first();
      await cohort.click();
      assert.equal(await cohort.getAttribute('aria-pressed'), 'true');
      await tab.goto(server.url('plan/'));
      await tab.getByText('This browser does not keep the plan').waitFor();
      await chooseRole(tab, 'Principal');
      await tab.getByText('What principals must complete').waitFor();
      const link = tab.getByLabel('A link that carries this plan to another device');
      assert.match(await link.inputValue(), /#principal/);
    },
    {
      before: (context) =>
        context.addInitScript(() => {
          Object.defineProperty(window, 'localStorage', {
            get() {
              throw new DOMException('refused', 'SecurityError');
            },
          });
        }),
    },
  );
});

test('what is in the plan is ticked where a requirement compares its choices', async () => {
  await journey(
    'requirements/equity-learning-each-year/',
    async (tab) => {
      await planButton(tab.locator('table'), 'Self as Core').click();
      const row = tab.locator('tr[data-offering=self-as-core]');
      assert.match(await row.getAttribute('class'), /is-planned/);
      const tick = await row
        .locator('th a')
        .evaluate((link) => getComputedStyle(link, '::after').content);
      assert.match(tick, /✓/);
    },
    { screen: DESKTOP },
  );
});

test('a page left open over a closing time says so by itself', async () => {
  await journey('offerings/micro-disruptions/', async (tab) => {
    await tab.clock.install({ time: new Date('2026-12-18T23:58:00-05:00') });
    await tab.reload();
    const state = tab.locator('.enrollment [data-state]').first();
    const enroll = enrollLink(tab);
    assert.equal(await state.getAttribute('data-state'), 'closing-soon');
    assert.ok(await enroll.isVisible());
    await tab.clock.runFor('00:03:00');
    assert.equal(await state.getAttribute('data-state'), 'closed');
    assert.match(await state.innerText(), /Enrollment closed/);
    assert.equal(await enroll.isVisible(), false);
  });
});

test('an old copy of the home page shows what is next and open today', async () => {
  await journey('', async (tab) => {
    const before = await tab.locator('.hero__next').innerText();
    const open = tab.locator('section[aria-labelledby=at_open] .offering-row:visible');
    const openBefore = await open.count();
    await tab.clock.setFixedTime(new Date('2027-01-25T09:00:00-05:00'));
    await tab.reload();
    const after = await tab.locator('.hero__next').innerText();
    assert.notEqual(after, before);
    for (const entry of await tab.locator('[data-drops] article:visible').all()) {
      const ends = await entry.getAttribute('data-ends');
      assert.ok(Date.parse(ends) > Date.parse('2027-01-25T14:00:00Z'), ends);
    }
    for (const row of await open.all()) {
      const state = await row.locator('[data-state]').getAttribute('data-state');
      assert.match(state, /^(open|closing-soon)$/);
    }
    assert.notEqual(await open.count(), openBefore);
  });
});

test('a reader in another zone is told their own hours, too', async () => {
  const context = await browser.newContext({ viewport: PHONE, timezoneId: 'America/Los_Angeles' });
  await context.clock.setFixedTime(new Date(process.env.SITE_NOW ?? Date.now()));
  const tab = await context.newPage();
  await tab.goto(server.url('offerings/leadership-convening/'));
  const own = tab.locator('.own-hours').first();
  await own.waitFor();
  assert.match(await own.innerText(), /5:30 AM.*where you are/);
  assert.match(await own.locator('..').innerText(), /8:30 AM/);
  await context.close();

  await journey('offerings/leadership-convening/', async (same) => {
    assert.equal(await same.locator('.own-hours').count(), 0, 'not where there is no difference');
  });
});

// The number of pages of a PDF, as its page tree counts them.
const sheetsOf = (pdf) =>
  Math.max(...[...pdf.toString('latin1').matchAll(/\/Count (\d+)/g)].map(([, count]) => Number(count)));

test("a role's year is one sheet of paper, the catalog a few", async () => {
  await journey('print/principal/', async (tab) => {
    for (const format of ['Letter', 'A4']) {
      assert.equal(sheetsOf(await tab.pdf({ format, preferCSSPageSize: true })), 1, format);
    }
    await tab.goto(server.url('print/'));
    const sheets = sheetsOf(await tab.pdf({ format: 'Letter' }));
    assert.ok(sheets > 2 && sheets < 15, `${sheets} sheets`);
  });
});

test('the codes on paper lead to where the words beside them do', async () => {
  await journey(
    'print/',
    async (tab) => {
      const links = tab.locator('.paper-link');
      assert.ok((await links.count()) >= 4);
      for (const link of await links.all()) {
        const picture = await link.locator('.code').screenshot({ scale: 'css' });
        const { data, width, height } = PNG.sync.read(picture);
        const code = jsQR(new Uint8ClampedArray(data), width, height);
        assert.equal(code?.data, await link.locator('a').getAttribute('href'));
      }
    },
    { screen: DESKTOP, scheme: 'dark' },
  );
});

test('the home page tells what changed since the last visit', async () => {
  await journey('', async (tab) => {
    const since = tab.locator('[data-since]');
    assert.equal(await since.isVisible(), false, 'nothing is new to a new reader');
    const keys = await tab
      .locator('[data-key]')
      .evaluateAll((changes) => changes.map(({ dataset }) => dataset.key));
    assert.ok(keys.length > 2);
    // A visit of last week, before the last of the changes and one of the offerings.
    await tab.evaluate((missing) => {
      const key = Object.keys(localStorage).find((name) => name.startsWith('convene seen'));
      const seen = JSON.parse(localStorage.getItem(key));
      seen.at -= 7 * 24 * 60 * 60 * 1000;
      seen.shown = seen.shown.filter((one) => one !== missing && one !== 'self-as-core');
      localStorage.setItem(key, JSON.stringify(seen));
    }, keys.at(-1));
    for (const visit of ['the first page', 'a reload of the same visit']) {
      await tab.reload();
      assert.match(await since.innerText(), /^1 since your last visit on November 17$/, visit);
      const first = tab.locator('[data-key]').first();
      assert.equal(await first.getAttribute('data-key'), keys.at(-1), visit);
      assert.match(await first.innerText(), /^New /, visit);
      assert.match(await tab.locator('[data-id=self-as-core]').innerText(), /New$/, visit);
    }
  });
});

test('all dates of the plan are one calendar, with the events of the feeds', async () => {
  const plan = 'plan/#principal/self-as-core.spring/micro-disruptions..day-1=';
  await journey('plan/', async (tab) => {
    const alternative = await (
      await fetch(server.url('api/v1/offerings/micro-disruptions.json'))
    ).json();
    const day = alternative.cohorts[0].sessions[0];
    await tab.goto(`${server.url(plan)}${day.alternatives[1].id}`);
    await tab.reload();
    await tab.locator('[data-part=dates] > li').filter({ hasText: 'Self as Core' }).first().waitFor();
    const [download] = await Promise.all([
      tab.waitForEvent('download'),
      tab.getByRole('button', { name: 'Download my dates (.ics)' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'my-plan.ics');
    const text = readFileSync(await download.path(), 'utf8').replace(/\r\n[ \t]/g, '');
    assert.equal(text.match(/^BEGIN:VTIMEZONE/gm).length, 1, 'each zone once');
    const urls = [...text.matchAll(/^URL:(.*)\r$/gm)].map(([, url]) => new URL(url));
    const of = (id) => urls.filter(({ pathname }) => pathname.endsWith(`/offerings/${id}/`));
    assert.equal(of('self-as-core').length, 5, 'the five sessions of the spring cohort');
    for (const { hash } of of('self-as-core')) assert.match(hash, /^#session\.spring\./);
    const days = of('micro-disruptions').filter(({ hash }) => hash.startsWith('#session.day-1'));
    assert.deepEqual(days.map(String), [day.alternatives[1].url], 'one of the three dates');
    assert.ok(of('leadership-convening').length >= 3, 'what is required');
    const uids = [...text.matchAll(/^UID:(.*)\r$/gm)].map(([, uid]) => uid);
    assert.equal(new Set(uids).size, uids.length, 'no event twice');
  });
});
