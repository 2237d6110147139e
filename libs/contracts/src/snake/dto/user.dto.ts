import { OptionalLink, OptionalText } from '@gatehouse/contract-kit';

/** What is left out stays as it is; null clears it. */
export class UpdateUserDto {
  @OptionalText({ about: 'The first name', example: 'Alice', most: 100 })
  first_name?: string | null;

  @OptionalText({ about: 'The last name', example: 'Doe', most: 100 })
  last_name?: string | null;

  @OptionalLink({ about: 'A link to an image of the user', example: 'https://example.com/alice.jpg' })
  avatar_url?: string | null;

  toChanges() {
    return { firstName: this.first_name, lastName: this.last_name, profileImageLink: this.avatar_url };
  }
}
