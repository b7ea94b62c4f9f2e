declare module 'virtual:messages' {
  /** The texts as the build turns them into Chrome's form. */
  export const messages: Record<'en' | 'de', Record<string, { message: string } | undefined>>;
}
