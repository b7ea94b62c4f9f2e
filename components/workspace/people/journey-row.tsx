import type { ReactNode } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { HandOver } from '../../../utils/contract/hand-over.ts';
import type { JourneyItem } from '../../../utils/contract/people-search.ts';
import { useAgreement } from '../../../utils/queries/use-panel-data.ts';
import { channelIcons } from '../../panel/kind-icons.ts';
import { byText } from '../../panel/status.tsx';
import facts from '../../ui/facts.module.css';
import { Bot, CalendarClock, Check, Handshake, type Icon, MessageSquare } from '../../ui/icons.ts';
import { format, localText, messageName } from '../../ui/language.ts';
import { ReasonNames } from '../../ui/reason-names.tsx';
import { Replies } from '../../ui/replies.tsx';
import { stageIcons } from '../../ui/stage-icons.ts';
import { stageLabel } from '../../ui/stage-label.ts';
import { UserName, UserText } from '../../ui/user-text.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import styles from './person-journey.module.css';

interface View {
  icon: Icon;
  body: ReactNode;
}

/** One thing on the line of time. */
export function JourneyRow({ item }: { item: JourneyItem }) {
  const answer = useAgreement().data;
  const agreement = answer?.ok ? answer.value : undefined;
  const { icon: Glyph, body } = view();
  const { day, time, moment } = format();
  return (
    <li className={styles.row} data-journey={item.kind}>
      <span className={styles.icon}>
        <Glyph size={14} aria-hidden />
      </span>
      <div className={styles.body}>{body}</div>
      <time className={styles.when} dateTime={item.at} title={moment(item.at)}>
        {day(item.at)}, {time(item.at)}
      </time>
    </li>
  );

  function view(): View {
    switch (item.kind) {
      case 'touchpoint':
        return touchpointView(item);
      case 'planned':
        return plannedView(item.planned);
      case 'stage': {
        const { from, to, by, reason } = item.event;
        const names = { from: from && stageLabel(from, agreement), to: stageLabel(to, agreement) };
        return {
          icon: stageIcons[to],
          body: (
            <>
              <p className={styles.what}>
                <UserName
                  lines={2}
                  text={
                    names.from
                      ? i18n.t('journey.stageFrom', { from: names.from, stage: names.to })
                      : i18n.t('journey.stage', { stage: names.to })
                  }
                />
              </p>
              <p className={facts.facts}>
                <span>{byText(by)}</span>
              </p>
              {reason !== undefined && <ReasonNames ids={[reason]} agreement={agreement} />}
            </>
          ),
        };
      }
      case 'hand-over':
        return { icon: Handshake, body: <HandOverBody handOver={item.handOver} /> };
      case 'follow-up':
        return {
          icon: Check,
          body: (
            <p className={styles.what}>
              <UserName
                text={i18n.t(`journey.followUp.${item.followUp.seen}`, { name: item.followUp.by.name })}
              />
            </p>
          ),
        };
      case 'feedback': {
        const { verdict, reasons, comment, by, replies, campaignName, plannedTouchTitle } = item.feedback;
        const about = campaignName ?? plannedTouchTitle;
        return {
          icon: MessageSquare,
          body: (
            <>
              <p className={facts.facts}>
                <span>
                  <VerdictMark verdict={verdict} />
                </span>
                <span>
                  <UserName text={i18n.t('journey.feedbackBy', { name: by.name })} />
                </span>
                {about !== undefined && (
                  <span>
                    <UserName text={about} />
                  </span>
                )}
              </p>
              <ReasonNames ids={reasons} agreement={agreement} />
              {comment && <UserText text={comment} />}
              <Replies replies={replies} label={i18n.t('inbox.answers')} />
            </>
          ),
        };
      }
    }
  }
}

function touchpointView({ touchpoint, campaignName }: Extract<JourneyItem, { kind: 'touchpoint' }>): View {
  const { kind, channel, title, highlight, machine } = touchpoint;
  return {
    icon: machine ? Bot : channelIcons[channel],
    body: (
      <>
        <p className={styles.what}>
          {i18n.t(`touchpoint.${kind}`)}
          {machine && <span className={styles.machine}> · {i18n.t('timeline.machine')}</span>}
        </p>
        {title && <UserText text={title} lines={2} limit={160} />}
        {highlight && <UserText text={highlight} />}
        {campaignName !== undefined && (
          <p className={facts.facts}>
            <UserName text={campaignName} />
          </p>
        )}
      </>
    ),
  };
}

function plannedView({
  title,
  channel,
  campaignName,
}: Extract<JourneyItem, { kind: 'planned' }>['planned']): View {
  return {
    icon: CalendarClock,
    body: (
      <>
        <p className={styles.what}>
          <UserName text={title || i18n.t(`channel.${channel}`)} lines={2} />
        </p>
        <p className={facts.facts}>
          <span>{i18n.t('journey.planned')}</span>
          {campaignName !== undefined && (
            <span>
              <UserName text={campaignName} />
            </span>
          )}
        </p>
      </>
    ),
  };
}

/** A hand-over with both its delays, apart: until somebody had the lead, and until they followed up. */
function HandOverBody({ handOver: { to, assignment, response, rule, outcome } }: { handOver: HandOver }) {
  const took = (minutes: number) => format().duration(minutes * 60_000);
  return (
    <>
      <p className={styles.what}>
        <UserName
          text={to ? i18n.t('journey.handOver', { name: to.name }) : i18n.t('journey.handOverNobody')}
        />
      </p>
      <p className={facts.facts}>
        <span>
          {assignment.tookMinutes === undefined
            ? i18n.t('journey.assignmentOpen')
            : i18n.t('journey.assignment', { time: took(assignment.tookMinutes) })}
        </span>
        {response && (
          <span>
            {response.tookMinutes === undefined
              ? i18n.t('journey.responseOpen')
              : i18n.t('journey.response', { time: took(response.tookMinutes) })}
          </span>
        )}
        <span>
          <UserName text={localText(rule.label)} />
        </span>
        <span>{i18n.t(`journey.outcome.${messageName(outcome ?? 'open')}`)}</span>
      </p>
    </>
  );
}
