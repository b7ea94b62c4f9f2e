type FieldType =
  'char' | 'boolean' | 'integer' | 'float' | 'datetime' | { one: string } | { many: string; by?: string };

/** The fields of Odoo 19's models that the connector may ask for, and some it does not; Odoo has many more. */
export const MODELS: Record<string, Record<string, FieldType>> = {
  'crm.lead': {
    ...{ name: 'char', type: 'char', active: 'boolean', contact_name: 'char', partner_name: 'char' },
    ...{ email_from: 'char', email_normalized: 'char', email_cc: 'char', function: 'char', phone: 'char' },
    ...{ lang_code: 'char', probability: 'float', priority: 'char', date_open: 'datetime' },
    ...{ date_conversion: 'datetime', date_closed: 'datetime', date_last_stage_update: 'datetime' },
    ...{ is_blacklisted: 'boolean' },
    partner_id: { one: 'res.partner' },
    country_id: { one: 'res.country' },
    user_id: { one: 'res.users' },
    stage_id: { one: 'crm.stage' },
    lost_reason_id: { one: 'crm.lost.reason' },
    tag_ids: { many: 'crm.tag' },
    campaign_id: { one: 'utm.campaign' },
    medium_id: { one: 'utm.medium' },
    source_id: { one: 'utm.source' },
  },
  'crm.stage': { name: 'char' },
  'crm.tag': { name: 'char' },
  'crm.lost.reason': { name: 'char' },
  'res.partner': {
    ...{ name: 'char', email: 'char', email_normalized: 'char', is_company: 'boolean' },
    ...{ is_blacklisted: 'boolean', phone: 'char', function: 'char', company_name: 'char' },
    parent_id: { one: 'res.partner' },
    country_id: { one: 'res.country' },
    user_id: { one: 'res.users' },
  },
  'res.country': { name: 'char', code: 'char' },
  'res.users': { name: 'char', login: 'char', email: 'char' },
  'utm.campaign': {
    ...{ name: 'char', title: 'char', active: 'boolean' },
    mailing_mail_ids: { many: 'mailing.mailing', by: 'campaign_id' },
  },
  'utm.medium': { name: 'char' },
  'utm.source': { name: 'char' },
  'mailing.mailing': {
    ...{ subject: 'char', state: 'char', active: 'boolean', mailing_type: 'char', sent_date: 'datetime' },
    ...{ schedule_date: 'datetime', mailing_model_real: 'char', mailing_domain: 'char' },
    ...{ use_exclusion_list: 'boolean', ab_testing_enabled: 'boolean' },
    campaign_id: { one: 'utm.campaign' },
    source_id: { one: 'utm.source' },
    medium_id: { one: 'utm.medium' },
    user_id: { one: 'res.users' },
    contact_list_ids: { many: 'mailing.list' },
  },
  'mailing.trace': {
    ...{ trace_type: 'char', is_test_trace: 'boolean', email: 'char', model: 'char', res_id: 'integer' },
    ...{ trace_status: 'char', failure_type: 'char', sent_datetime: 'datetime', open_datetime: 'datetime' },
    ...{ reply_datetime: 'datetime', links_click_datetime: 'datetime' },
    mass_mailing_id: { one: 'mailing.mailing' },
    campaign_id: { one: 'utm.campaign' },
    links_click_ids: { many: 'link.tracker.click', by: 'mailing_trace_id' },
  },
  'link.tracker': { url: 'char' },
  'link.tracker.click': {
    ip: 'char',
    link_id: { one: 'link.tracker' },
    mailing_trace_id: { one: 'mailing.trace' },
  },
  'event.event': {
    ...{ name: 'char', active: 'boolean', date_begin: 'datetime', date_end: 'datetime' },
    seats_used: 'integer',
    address_id: { one: 'res.partner' },
  },
  'event.registration': {
    ...{ name: 'char', email: 'char', phone: 'char', company_name: 'char', state: 'char' },
    date_closed: 'datetime',
    event_id: { one: 'event.event' },
    partner_id: { one: 'res.partner' },
    utm_campaign_id: { one: 'utm.campaign' },
    utm_source_id: { one: 'utm.source' },
    utm_medium_id: { one: 'utm.medium' },
  },
  'mail.activity.type': { name: 'char', category: 'char' },
  'mail.message': {
    ...{ model: 'char', res_id: 'integer', subject: 'char', body: 'char', message_id: 'char' },
    ...{ date: 'datetime', message_type: 'char' },
    mail_activity_type_id: { one: 'mail.activity.type' },
  },
  'calendar.event': {
    ...{ name: 'char', active: 'boolean', start: 'datetime', stop: 'datetime', privacy: 'char' },
    opportunity_id: { one: 'crm.lead' },
  },
  'mail.blacklist': { email: 'char', active: 'boolean' },
  'mailing.list': { name: 'char', active: 'boolean' },
  'mailing.contact': {
    ...{ name: 'char', email: 'char', email_normalized: 'char', is_blacklisted: 'boolean' },
    list_ids: { many: 'mailing.list' },
    subscription_ids: { many: 'mailing.subscription', by: 'contact_id' },
  },
  'mailing.subscription': {
    ...{ opt_out: 'boolean', opt_out_datetime: 'datetime' },
    contact_id: { one: 'mailing.contact' },
    list_id: { one: 'mailing.list' },
  },
};

/** What every model has, and what a record is called by. */
export const COMMON: Record<string, FieldType> = {
  ...{ id: 'integer', display_name: 'char', create_date: 'datetime', write_date: 'datetime' },
};
export const nameField = (model: string): string =>
  ({ 'mailing.mailing': 'subject', 'utm.campaign': 'title', 'mailing.subscription': 'contact_id' })[model] ??
  'name';

export const fieldType = (model: string, field: string): FieldType | undefined =>
  COMMON[field] ?? MODELS[model]?.[field];
